package shopify

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// oddAnswer changes what a shop says: each text that fits old.
// Reading ends as the last word says: refused, with an error that says what to do;
// whole, as if the shop had said nothing odd; or said, with what the shop says given
// on to be judged by whoever imports it.
type oddAnswer struct{ name, old, new, ends string }

var oddAnswers = []oddAnswer{
	{"quantity null", `("name":"available","quantity":)-?\d+`, `${1}null`, "refused"},
	{"quantity missing", `("name":"available"),"quantity":-?\d+`, `${1}`, "refused"},
	{"quantity text", `("name":"available","quantity":)(-?\d+)`, `${1}"${2}"`, "refused"},
	{"quantity float", `("name":"available","quantity":)(-?\d+)`, `${1}${2}.5`, "refused"},
	{"quantity 1e2", `("name":"available","quantity":)(-?\d+)`, `${1}1e2`, "refused"},
	{"quantity 1e400", `("name":"available","quantity":)(-?\d+)`, `${1}1e400`, "refused"},
	{"quantity int64+", `("name":"available","quantity":)(-?\d+)`, `${1}9223372036854775808`, "refused"},
	{"quantity int64", `("name":"available","quantity":)(-?\d+)`, `${1}9223372036854775807`, "said"},
	{"quantity int32+", `("name":"available","quantity":)(-?\d+)`, `${1}2147483648`, "said"},
	{"quantity twice", `(\{"name":"available","quantity":)(-?\d+)\}`, `${1}${2}},{"name":"available","quantity":7}`, "refused"},
	{"quantities empty", `"quantities":\[[^\]]*\]`, `"quantities":[]`, "said"},
	{"quantities null", `"quantities":\[[^\]]*\]`, `"quantities":null`, "refused"},
	{"isActive null", `"isActive":true,"location"`, `"isActive":null,"location"`, "refused"},
	{"isActive missing", `"isActive":true,"location"`, `"location"`, "refused"},
	{"isActive text", `"isActive":true,"location"`, `"isActive":"true","location"`, "refused"},
	{"price null", `"price":"[^"]*"`, `"price":null`, "refused"},
	{"price missing", `"price":"[^"]*",`, ``, "refused"},
	{"price number", `"price":"([^"]*)"`, `"price":${1}`, "refused"},
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
	{"title null", `("handle":"[^"]*","title":)"[^"]*"`, `${1}null`, "refused"},
	{"title missing", `("handle":"[^"]*"),"title":"[^"]*"`, `${1}`, "refused"},
	{"title number", `("handle":"[^"]*","title":)"[^"]*"`, `${1}7`, "refused"},
	{"status null", `"status":"ACTIVE"`, `"status":null`, "refused"},
	{"status unknown", `"status":"ACTIVE"`, `"status":"BEWITCHED"`, "said"},
	{"tags null", `"tags":\[[^\]]*\]`, `"tags":null`, "refused"},
	{"tags text", `"tags":\[[^\]]*\]`, `"tags":"a,b"`, "refused"},
	{"tags with null", `"tags":\[[^\]]*\]`, `"tags":["a",null]`, "refused"},
	{"options null", `"options":\[`, `"options":null,"x":[`, "refused"},
	{"id null", `"id":"gid://shopify/Product/\d+","handle"`, `"id":null,"handle"`, "refused"},
	{"id missing", `"id":"gid://shopify/Product/\d+","handle"`, `"handle"`, "refused"},
	{"id number", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":${1},"handle"`, "refused"},
	{"id empty", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"","handle"`, "refused"},
	{"id bare", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"${1}","handle"`, "refused"},
	{"id of another type", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Collection/${1}","handle"`, "refused"},
	{"id negative", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/-${1}","handle"`, "said"},
	{"id of another app", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://evil/Product/${1}","handle"`, "refused"},
	{"id base64", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"Z2lkOi8vc2hvcGlmeS9Qcm9kdWN0LzE=","handle"`, "refused"},
	{"id with NUL", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/${1}\u0000x","handle"`, "refused"},
	{"id with escape", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/${1}\u001b[31m","handle"`, "refused"},
	{"id in upper case", `"id":"gid://shopify/Product/(\d+)","handle"`, `"ID":"gid://shopify/Product/${1}","handle"`, "whole"},
	{"id twice", `"id":"gid://shopify/Product/(\d+)","handle"`, `"id":"gid://shopify/Product/1","id":"gid://shopify/Product/${1}","handle"`, "refused"},
	{"variant of nobody", `"product":\{"id":"[^"]*"\}`, `"product":{"id":"gid://shopify/Product/999"}`, "said"},
	{"variant's product null", `"product":\{"id":"[^"]*"\}`, `"product":null`, "refused"},
	{"item null", `"inventoryItem":\{`, `"inventoryItem":null,"x":{`, "refused"},
	{"item id null", `"id":"gid://shopify/InventoryItem/\d+","tracked"`, `"id":null,"tracked"`, "refused"},
	{"items the same", `"id":"gid://shopify/InventoryItem/\d+","tracked"`, `"id":"gid://shopify/InventoryItem/1","tracked"`, "said"},
	{"tracked null", `"tracked":true`, `"tracked":null`, "refused"},
	{"tracked missing", `"tracked":true,`, ``, "refused"},
	{"level at unknown location", `"location":\{"id":"[^"]*"\}`, `"location":{"id":"gid://shopify/Location/999"}`, "said|refused"},
	{"level at null", `"location":\{"id":"[^"]*"\}`, `"location":null`, "refused"},
	{"level at no gid", `"location":\{"id":"[^"]*"\}`, `"location":{"id":"x"}`, "said|refused"},
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
	{"weight null", `"weight":\{"value":([^,]*)`, `"weight":{"value":null`, "refused"},
	{"position null", `"position":\d+,"sku"`, `"position":null,"sku"`, "refused"},
	{"position text", `"position":(\d+),"sku"`, `"position":"${1}","sku"`, "refused"},
	{"variants announced 0", `"variantsCount":\{"count":\d+`, `"variantsCount":{"count":0`, "said"},
	{"variants announced -1", `"variantsCount":\{"count":\d+`, `"variantsCount":{"count":-1`, "said"},
	{"variants announced null", `"variantsCount":\{[^}]*\}`, `"variantsCount":null`, "said"},
	{"media announced more", `"mediaCount":\{"count":\d+`, `"mediaCount":{"count":99`, "said"},
	{"media status null", `"status":"READY"`, `"status":null`, "refused"},
	{"media url null", `"image":\{"url":"[^"]*"`, `"image":{"url":null`, "said"},
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
	{"nodes of null", `"nodes":\[\{`, `"nodes":[null,{`, "refused"},
	{"nodes of empty", `"nodes":\[\{`, `"nodes":[{},{`, "refused"},
	{"nodes object", `"nodes":\[`, `"nodes":{},"x":[`, "refused"},
	{"edges", `"nodes"`, `"edges"`, "refused"},
	{"errors empty object", `^\{`, `{"errors":{},`, "refused"},
	{"errors empty text", `^\{`, `{"errors":"",`, "refused"},
	{"errors null", `^\{`, `{"errors":null,`, "whole"},
	{"errors false", `^\{`, `{"errors":false,`, "refused"},
	{"location name null", `("id":"gid://shopify/Location/\d+","name":)"[^"]*"`, `${1}null`, "refused"},
	{"location id empty", `"id":"gid://shopify/Location/\d+","name"`, `"id":"","name"`, "refused"},
	{"location id other", `"id":"gid://shopify/Location/(\d+)","name"`, `"id":"gid://shopify/Product/${1}","name"`, "refused"},
	{"location same", `"id":"gid://shopify/Location/\d+","name"`, `"id":"gid://shopify/Location/1","name"`, "refused"},
	{"collection id other", `"id":"gid://shopify/Collection/(\d+)","handle"`, `"id":"gid://shopify/Product/${1}","handle"`, "refused"},
	{"sources null", `"sources":\[`, `"sources":null,"x":[`, "refused"},
	{"productsCount null", `"productsCount":\{[^}]*\}`, `"productsCount":null`, "said"},
	{"productsCount more", `"productsCount":\{"count":\d+`, `"productsCount":{"count":99`, "said"},
	{"member null", `("products":\{"nodes":\[\{"id":)"[^"]*"`, `${1}null`, "refused"},
	{"member odd", `("products":\{"nodes":\[\{"id":)"[^"]*"`, `${1}"gid://shopify/Collection/1"`, "said|refused"},
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
	{"parent null", `"__parentId":"[^"]*"`, `"__parentId":null`, "refused"},
	{"parent missing", `,"__parentId":"[^"]*"`, ``, "refused"},
	{"parent other", `"__parentId":"[^"]*"`, `"__parentId":"gid://shopify/Product/999"`, "refused"},
	{"parent number", `"__parentId":"[^"]*"`, `"__parentId":7`, "refused"},
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

// TestOddAnswers lets a shop say what no shop should, in every answer and result.
// There is no fourth end: nothing is misread in silence.
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
	case err == nil && alike(intake, undisturbed):
		return "whole"
	case err == nil:
		return "said"
	case !errors.As(err, &told) || told.Message == "" || told.Hint == "":
		t.Errorf("%v says too little", err)
	}
	return "refused"
}

func (a oddAnswer) readBy(t *testing.T, reader importer.Reader) (*recorder, bool, error) {
	var changed atomic.Int32
	b := newHazardBench(t, a.changing(&changed), responseTimeout)
	b.options.Reader = reader
	intake, _, err := b.read(t)
	return intake, changed.Load() > 0, err
}

func alike(a, b *recorder) bool {
	return cmp.Equal(a.products, b.products) && cmp.Equal(a.variants, b.variants) && cmp.Equal(placed(a.media), placed(b.media)) && cmp.Equal(a.shown, b.shown) &&
		cmp.Equal(a.categories, b.categories) && cmp.Equal(a.memberships, b.memberships) && cmp.Equal(a.warehouses, b.warehouses) && cmp.Equal(a.levels, b.levels)
}
