package shopify

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// oddAnswer replaces what old matches in the answers of a shop.
// ends says how reading then ends: refused, with an error that says what to do; whole, as if nothing
// were odd; named, with the fault told of the records that have it; or said, with the odd value
// given to the importer.
type oddAnswer struct{ name, old, new, ends string }

var oddAnswers = []oddAnswer{
	{"quantity null", `("name":"available","quantity":)-?\d+`, `${1}null`, "named"},
	{"quantity missing", `("name":"available"),"quantity":-?\d+`, `${1}`, "named"},
	{"quantity text", `("name":"available","quantity":)(-?\d+)`, `${1}"${2}"`, "named"},
	{"quantity float", `("name":"available","quantity":)(-?\d+)`, `${1}${2}.5`, "named"},
	{"quantity 1e2", `("name":"available","quantity":)(-?\d+)`, `${1}1e2`, "named"},
	{"quantity 1e400", `("name":"available","quantity":)(-?\d+)`, `${1}1e400`, "named"},
	{"quantity int64+", `("name":"available","quantity":)(-?\d+)`, `${1}9223372036854775808`, "named"},
	{"quantity int64", `("name":"available","quantity":)(-?\d+)`, `${1}9223372036854775807`, "said"},
	{"quantity int32+", `("name":"available","quantity":)(-?\d+)`, `${1}2147483648`, "said"},
	{"quantity twice", `(\{"name":"available","quantity":)(-?\d+)\}`, `${1}${2}},{"name":"available","quantity":7}`, "named"},
	{"quantities empty", `"quantities":\[[^\]]*\]`, `"quantities":[]`, "said"},
	{"quantities null", `"quantities":\[[^\]]*\]`, `"quantities":null`, "named"},
	{"isActive null", `"isActive":true,"location"`, `"isActive":null,"location"`, "named"},
	{"isActive missing", `"isActive":true,"location"`, `"location"`, "named"},
	{"isActive text", `"isActive":true,"location"`, `"isActive":"true","location"`, "named"},
	{"price null", `"price":"[^"]*"`, `"price":null`, "named"},
	{"price missing", `"price":"[^"]*",`, ``, "named"},
	{"price number", `"price":"([^"]*)"`, `"price":${1}`, "named"},
	{"price comma", `"price":"([^"]*)"`, `"price":"1,50"`, "said"},
	{"price 1e400", `"price":"([^"]*)"`, `"price":"1e400"`, "said"},
	{"price NaN", `"price":"([^"]*)"`, `"price":"NaN"`, "said"},
	{"price Infinity", `"price":"([^"]*)"`, `"price":"Infinity"`, "said"},
	{"price hex", `"price":"([^"]*)"`, `"price":"0x10"`, "said"},
	{"price empty", `"price":"([^"]*)"`, `"price":""`, "said"},
	{"price negative", `"price":"([^"]*)"`, `"price":"-5.00"`, "said"},
	{"price underscore", `"price":"([^"]*)"`, `"price":"1_000"`, "said"},
	{"price blank", `"price":"([^"]*)"`, `"price":" 1.00"`, "said"},
	{"price arabic", `"price":"([^"]*)"`, `"price":"١٢"`, "said"},
	{"title null", `("handle":"[^"]*","title":)"[^"]*"`, `${1}null`, "named"},
	{"title missing", `("handle":"[^"]*"),"title":"[^"]*"`, `${1}`, "named"},
	{"title number", `("handle":"[^"]*","title":)"[^"]*"`, `${1}7`, "named"},
	{"status null", `"status":"ACTIVE"`, `"status":null`, "named"},
	{"status unknown", `"status":"ACTIVE"`, `"status":"BEWITCHED"`, "said"},
	{"tags null", `"tags":\[[^\]]*\]`, `"tags":null`, "named"},
	{"tags text", `"tags":\[[^\]]*\]`, `"tags":"a,b"`, "named"},
	{"tags with null", `"tags":\[[^\]]*\]`, `"tags":["a",null]`, "named"},
	{"options null", `"options":\[`, `"options":null,"x":[`, "named"},
	{"id null", `"id":"gid://shopify/Product/\d+","handle"`, `"id":null,"handle"`, "named"},
	{"id missing", `"id":"gid://shopify/Product/\d+","handle"`, `"handle"`, "named"},
	{"id number", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":${1},"handle"`, "named"},
	{"id empty", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"","handle"`, "named"},
	{"id bare", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"${1}","handle"`, "named"},
	{"id of another type", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Collection/${1}","handle"`, "named"},
	{"id negative", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/-${1}","handle"`, "said"},
	{"id of another app", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://evil/Product/${1}","handle"`, "named"},
	{"id base64", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"Z2lkOi8vc2hvcGlmeS9Qcm9kdWN0LzE=","handle"`, "named|refused"},
	{"id with NUL", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/${1}\u0000x","handle"`, "named"},
	{"id with escape", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/${1}\u001b[31m","handle"`, "named"},
	{"id in upper case", `"id":"gid://shopify/Product/(\d+)","handle"`, `"ID":"gid://shopify/Product/${1}","handle"`, "whole"},
	{"id twice", `"id":"gid://shopify/Product/(\d+)","handle"`,
		`"id":"gid://shopify/Product/1","id":"gid://shopify/Product/${1}","handle"`, "named"},
	{"variant of nobody", `"product":\{"id":"[^"]*"\}`, `"product":{"id":"gid://shopify/Product/999"}`, "said"},
	{"variant's product null", `"product":\{"id":"[^"]*"\}`, `"product":null`, "named"},
	{"item null", `"inventoryItem":\{`, `"inventoryItem":null,"x":{`, "named"},
	{"item id null", `"id":"gid://shopify/InventoryItem/\d+","tracked"`, `"id":null,"tracked"`, "named"},
	{"items the same", `"id":"gid://shopify/InventoryItem/\d+","tracked"`, `"id":"gid://shopify/InventoryItem/1","tracked"`, "said"},
	{"tracked null", `"tracked":true`, `"tracked":null`, "named"},
	{"tracked missing", `"tracked":true,`, ``, "named"},
	{"level at unknown location", `"location":\{"id":"[^"]*"\}`, `"location":{"id":"gid://shopify/Location/999"}`, "said|refused"},
	{"level at null", `"location":\{"id":"[^"]*"\}`, `"location":null`, "named"},
	{"level at no gid", `"location":\{"id":"[^"]*"\}`, `"location":{"id":"x"}`, "named|refused"},
	{"levels doubled", `(\{"isActive":(?:true|false),"location":\{"id":"[^"]*"\},"quantities":\[[^\]]*\]\})`, `${1},${1}`, "whole"},
	{"deep", `"tags":\[`, `"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `,"tags":[`, "refused"},
	{"deep 2000", `"tags":\[`, `"x":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `,"tags":[`, "refused"},
	{"BOM", `^`, "\ufeff", "refused"},
	{"NUL byte", `"title":"`, "\"title\":\"\x00", "refused"},
	{"lone surrogate", `("handle":"[^"]*","title":")`, `${1}\ud83d`, "said"},
	{"not UTF-8", `("handle":"[^"]*","title":")`, "${1}\xff", "said"},
	{"trailing garbage", `$`, `garbage`, "refused"},
	{"single quotes", `"title"`, `'title'`, "refused"},
	{"comment", `"title"`, `/* x */"title"`, "refused"},
	{"weight text", `"weight":\{"value":([^,]*)`, `"weight":{"value":"${1}"`, "whole"},
	{"weight 1e400", `"weight":\{"value":([^,]*)`, `"weight":{"value":1e400`, "said"},
	{"weight -1", `"weight":\{"value":([^,]*)`, `"weight":{"value":-1`, "said"},
	{"weight null", `"weight":\{"value":([^,]*)`, `"weight":{"value":null`, "named"},
	{"position null", `"position":\d+,"sku"`, `"position":null,"sku"`, "named"},
	{"position text", `"position":(\d+),"sku"`, `"position":"${1}","sku"`, "named"},
	{"variants announced 0", `"variantsCount":\{"count":\d+`, `"variantsCount":{"count":0`, "said"},
	{"variants announced -1", `"variantsCount":\{"count":\d+`, `"variantsCount":{"count":-1`, "said"},
	{"variants announced null", `"variantsCount":\{[^}]*\}`, `"variantsCount":null`, "said"},
	{"media announced more", `"mediaCount":\{"count":\d+`, `"mediaCount":{"count":99`, "said"},
	{"media status null", `"status":"READY"`, `"status":null`, "named"},
	{"media url null", `"image":\{"url":"[^"]*"`, `"image":{"url":null`, "named"},
	{"media url script", `"image":\{"url":"[^"]*"`, `"image":{"url":"javascript:alert(1)"`, "said"},
	{"count text", `"count":\{"count":(\d+)`, `"count":{"count":"${1}"`, "refused"},
	{"count -1", `"count":\{"count":(\d+)`, `"count":{"count":-1`, "whole"},
	{"count 0", `"count":\{"count":(\d+)`, `"count":{"count":0`, "whole"},
	{"count 1e400", `"count":\{"count":(\d+)`, `"count":{"count":1e400`, "refused"},
	{"count null", `"count":\{"count":(\d+)`, `"count":{"count":null`, "refused"},
	{"count missing", `"count":\{"count":(\d+),`, `"count":{`, "refused"},
	{"count object null", `"count":\{"count":[^}]*\}`, `"count":null`, "whole"},
	{"precision missing", `,"precision":"EXACT"`, ``, "refused"},
	{"precision odd", `"precision":"EXACT"`, `"precision":"ROUGHLY"`, "said"},
	{"hasNextPage text", `"hasNextPage":false`, `"hasNextPage":"false"`, "refused"},
	{"hasNextPage null", `"hasNextPage":false`, `"hasNextPage":null`, "refused"},
	{"hasNextPage missing", `"hasNextPage":false,?`, ``, "refused"},
	{"always a next page", `"hasNextPage":false,"endCursor":[^}]*`, `"hasNextPage":true,"endCursor":"x"`, "refused"},
	{"next page null cursor", `"hasNextPage":false,"endCursor":[^}]*`, `"hasNextPage":true,"endCursor":null`, "refused"},
	{"nodes null", `"nodes":\[`, `"nodes":null,"x":[`, "refused"},
	{"nodes of null", `"nodes":\[\{`, `"nodes":[null,{`, "named"},
	{"nodes of empty", `"nodes":\[\{`, `"nodes":[{},{`, "named"},
	{"nodes object", `"nodes":\[`, `"nodes":{},"x":[`, "refused"},
	{"edges", `"nodes"`, `"edges"`, "refused"},
	{"errors empty object", `^\{`, `{"errors":{},`, "refused"},
	{"errors empty text", `^\{`, `{"errors":"",`, "refused"},
	{"errors null", `^\{`, `{"errors":null,`, "whole"},
	{"errors false", `^\{`, `{"errors":false,`, "refused"},
	{"location name null", `("id":"gid://shopify/Location/\d+","name":)"[^"]*"`, `${1}null`, "named"},
	{"location id empty", `"id":"gid://shopify/Location/\d+","name"`, `"id":"","name"`, "named"},
	{"location id other", `"id":"gid://shopify/Location/(\d+)","name"`, `"id":"gid://shopify/Product/${1}","name"`, "named"},
	{"location same", `"id":"gid://shopify/Location/\d+","name"`, `"id":"gid://shopify/Location/1","name"`, "refused"},
	{"collection id other", `"id":"gid://shopify/Collection/(\d+)","handle"`, `"id":"gid://shopify/Product/${1}","handle"`, "named"},
	{"sources null", `"sources":\[`, `"sources":null,"x":[`, "named"},
	{"productsCount null", `"productsCount":\{[^}]*\}`, `"productsCount":null`, "said"},
	{"productsCount more", `"productsCount":\{"count":\d+`, `"productsCount":{"count":99`, "said"},
	{"member null", `("products":\{"nodes":\[\{"id":)"[^"]*"`, `${1}null`, "named"},
	{"member odd", `("products":\{"nodes":\[\{"id":)"[^"]*"`, `${1}"gid://shopify/Collection/1"`, "named"},
	{"currency lower", `"currencyCode":"EUR"`, `"currencyCode":"eur"`, "refused"},
	{"currency null", `"currencyCode":"EUR"`, `"currencyCode":null`, "refused"},
	{"currency odd", `"currencyCode":"EUR"`, `"currencyCode":"\u001b[31mEURO"`, "refused"},
	{"shop other", `gid://shopify/Shop/\d+`, `gid://shopify/Shop/4711`, "whole"},
	{"shop not a gid", `gid://shopify/Shop/\d+`, `x`, "refused"},
	{"shop domain other", `"myshopifyDomain":"[^"]*"`, `"myshopifyDomain":"evil.myshopify.com"`, "whole"},
	{"shop domain null", `"myshopifyDomain":"[^"]*"`, `"myshopifyDomain":null`, "refused"},
	{"scopes null", `"accessScopes":\[`, `"accessScopes":null,"x":[`, "refused"},
	{"scopes empty", `"accessScopes":\[[^\]]*\]`, `"accessScopes":[]`, "whole"},
	{"throttle negative", `"restoreRate":[0-9.]+`, `"restoreRate":-5`, "whole"},
	{"throttle zero", `"restoreRate":[0-9.]+`, `"restoreRate":0`, "whole"},
	{"throttle none left", `"currentlyAvailable":[-0-9.]+`, `"currentlyAvailable":-1e300`, "whole"},
	{"throttle huge", `"maximumAvailable":[0-9.]+`, `"maximumAvailable":1e308`, "whole"},
	{"throttle text", `"restoreRate":([0-9.]+)`, `"restoreRate":"${1}"`, "refused"},
	{"throttle NaN", `"restoreRate":([0-9.]+)`, `"restoreRate":NaN`, "refused"},
	{"cost null", `"requestedQueryCost":[0-9.]+`, `"requestedQueryCost":null`, "whole"},
	{"cost 1e400", `"requestedQueryCost":[0-9.]+`, `"requestedQueryCost":1e400`, "refused"},
	{"cost huge", `"requestedQueryCost":[0-9.]+`, `"requestedQueryCost":1e300`, "whole"},
	{"cost negative", `"requestedQueryCost":[0-9.]+`, `"requestedQueryCost":-1e9`, "whole"},
	{"no extensions", `,"extensions":\{.*\}\}\s*$`, `}`, "whole"},
	{"extensions text", `"extensions":\{.*\}\}\s*$`, `"extensions":"x"}`, "refused"},
	{"data twice", `^\{`, `{"data":{"x":1},`, "refused"},
	{"errors behind data", `\}\s*$`, `,"errors":[{"message":"late"}]}`, "refused"},
	{"extensions null", `"extensions":\{`, `"extensions":null,"x":{`, "whole"},
	{"updatedAt odd", `"updatedAt":"[^"]*"`, `"updatedAt":"yesterday"`, "whole"},
	{"updatedAt null", `"updatedAt":"[^"]*"`, `"updatedAt":null`, "whole"},
	{"objectCount less", `"objectCount":"(\d+)"`, `"objectCount":"1"`, "refused"},
	{"objectCount -1", `"objectCount":"(\d+)"`, `"objectCount":"-1"`, "refused"},
	{"objectCount null", `"objectCount":"(\d+)"`, `"objectCount":null`, "refused"},
	{"objectCount number", `"objectCount":"(\d+)"`, `"objectCount":${1}`, "whole"},
	{"objectCount words", `"objectCount":"(\d+)"`, `"objectCount":"many"`, "refused"},
	{"objectCount huge", `"objectCount":"(\d+)"`, `"objectCount":"99999999999999999999"`, "refused"},
	{"bulk url null", `"url":"http[^"]*bulk[^"]*"`, `"url":null`, "refused"},
	{"bulk url empty", `"url":"http[^"]*bulk[^"]*"`, `"url":""`, "refused"},
	{"bulk url data", `"url":"http[^"]*bulk[^"]*"`, `"url":"data:text/plain,x"`, "refused"},
	{"bulk id null", `"id":"gid://shopify/BulkOperation/\d+"`, `"id":null`, "refused"},
	{"bulk id other", `"id":"gid://shopify/BulkOperation/\d+"`, `"id":"gid://shopify/BulkOperation/77"`, "refused"},
	{"bulk status odd", `"status":"COMPLETED"`, `"status":"ENCHANTED"`, "refused"},
	{"bulk status null", `"status":"COMPLETED"`, `"status":null`, "refused"},
	{"bulk userErrors null", `"userErrors":\[\]`, `"userErrors":null`, "whole"},
	{"parent null", `"__parentId":"[^"]*"`, `"__parentId":null`, "named"},
	{"parent missing", `,"__parentId":"[^"]*"`, ``, "refused"},
	{"parent other", `"__parentId":"[^"]*"`, `"__parentId":"gid://shopify/Product/999"`, "named|refused"},
	{"parent number", `"__parentId":"[^"]*"`, `"__parentId":7`, "named|refused"},
	{"CRLF", "\n", "\r\n", "whole"},
	{"blank lines", "\n", "\n\n", "whole"},
}

// changing edits answers and results, and counts what it changed.
func (a oddAnswer) changing(changed *atomic.Int32) func(http.Handler) http.Handler {
	pattern := regexp.MustCompile(a.old)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Accept-Encoding")
			kept := httptest.NewRecorder()
			next.ServeHTTP(kept, r)
			body := pattern.ReplaceAll(kept.Body.Bytes(), []byte(a.new))
			if !bytes.Equal(body, kept.Body.Bytes()) {
				changed.Add(1)
			}
			for name, values := range kept.Header() {
				if name != "Content-Length" {
					w.Header()[name] = values
				}
			}
			w.WriteHeader(kept.Code)
			io.Copy(w, bytes.NewReader(body))
		})
	}
}

// TestOddAnswers lets a shop say what no shop should, in every answer and result. Nothing may be
// misread in silence.
//
// hazard D3, D4, D5, D6, D9, D10, D11, D12, N6
func TestOddAnswers(t *testing.T) {
	undisturbed := map[importer.Reader]*recorder{}
	readers := []importer.Reader{importer.ReaderPaged, importer.ReaderBulk}
	for _, reader := range readers {
		undisturbed[reader], _, _ = oddAnswer{old: "^$"}.readBy(t, reader)
	}
	for _, odd := range oddAnswers {
		t.Run(odd.name, func(t *testing.T) {
			t.Parallel()
			met := false
			for _, reader := range readers {
				intake, changed, err := odd.readBy(t, reader)
				if !changed {
					continue
				}
				met = true
				if end := endOf(t, err, intake, undisturbed[reader]); !strings.Contains(odd.ends, end) {
					t.Errorf("%s: %s, want %s: %v", reader, end, odd.ends, err)
				}
			}
			if !met {
				t.Error("it changed nothing")
			}
		})
	}
}

func endOf(t *testing.T, err error, intake, undisturbed *recorder) string {
	var told *connector.Fault
	switch {
	case err == nil && intake.unfit():
		return "named"
	case err == nil && alike(intake, undisturbed):
		return "whole"
	case err == nil:
		return "said"
	case !errors.As(err, &told) || told.Message == "" || len(told.Next) == 0:
		t.Errorf("%v says too little", err)
	}
	return "refused"
}

// unfit reports whether a record was given with a fault.
func (r *recorder) unfit() bool {
	odd := len(r.nameless) > 0
	for _, shown := range r.shown {
		odd = odd || slices.Contains(shown, "")
	}
	for _, record := range r.products {
		odd = odd || record.Unfit != ""
	}
	for _, record := range r.variants {
		odd = odd || record.Unfit != ""
	}
	for _, record := range r.media {
		odd = odd || record.Unfit != ""
	}
	for _, record := range r.categories {
		odd = odd || record.Unfit != ""
	}
	for _, record := range r.memberships {
		odd = odd || record.Unfit != ""
	}
	for _, record := range r.warehouses {
		odd = odd || record.Unfit != ""
	}
	for _, record := range r.levels {
		odd = odd || record.Unfit != ""
	}
	return odd
}

func (a oddAnswer) readBy(t *testing.T, reader importer.Reader) (*recorder, bool, error) {
	var changed atomic.Int32
	b := benchOf(t, sandboxtest.Generate(6), a.changing(&changed), 0)
	b.options.Reader = reader
	intake, _, err := b.read(t)
	return intake, changed.Load() > 0, err
}

func alike(a, b *recorder) bool {
	return cmp.Equal(a.products, b.products) && cmp.Equal(a.variants, b.variants) &&
		cmp.Equal(placed(a.media), placed(b.media)) && cmp.Equal(a.shown, b.shown) &&
		cmp.Equal(a.categories, b.categories) && cmp.Equal(a.memberships, b.memberships) &&
		cmp.Equal(a.warehouses, b.warehouses) && cmp.Equal(a.levels, b.levels)
}
