package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/records"
)

// linesOfEach has a line of each kind as Shopify writes it.
var linesOfEach = map[string]string{
	"product": `{"id":"gid:\/\/shopify\/Product\/8123450032770","handle":"product-1","title":"Blue Mug 1","descriptionHtml":"\u003cp\u003eBlue \"Mug\", made to last.\u003c\/p\u003e","vendor":"Alder \u0026 Co","productType":"Mug","status":"ACTIVE","tags":["new","Mug"],"seo":{"title":null,"description":"d"},"variantsCount":{"count":7,"precision":"EXACT"},"mediaCount":{"count":2,"precision":"EXACT"},"options":[{"name":"Colour","position":1,"optionValues":[{"name":"Red"},{"name":"Green"}]},{"name":"Size","position":2,"optionValues":[{"name":"S"},{"name":"M"}]}]}`,
	"media":   `{"id":"gid:\/\/shopify\/MediaImage\/33123450032770","alt":null,"mediaContentType":"IMAGE","status":"READY","mimeType":"image\/jpeg","image":{"url":"https:\/\/cdn.shopify.com\/s\/files\/1\/0001\/product-1-0.jpg?v=1"},"__parentId":"gid:\/\/shopify\/Product\/8123450032770"}`,
	"variant": `{"id":"gid:\/\/shopify\/ProductVariant\/44123450032770","title":"Red \/ S","position":1,"sku":"SKU-000001-1","barcode":null,"price":"12.50","compareAtPrice":null,"product":{"id":"gid:\/\/shopify\/Product\/8123450032770"},"selectedOptions":[{"name":"Colour","value":"Red"},{"name":"Size","value":"S"}],"inventoryItem":{"id":"gid:\/\/shopify\/InventoryItem\/46223450032770","tracked":true,"requiresShipping":true,"measurement":{"weight":{"value":1.234,"unit":"KILOGRAMS"}}}}`,
	"link":    `{"id":"gid:\/\/shopify\/MediaImage\/33123450032770","__parentId":"gid:\/\/shopify\/ProductVariant\/44123450032770"}`,
	"level":   `{"isActive":true,"location":{"id":"gid:\/\/shopify\/Location\/71234532770"},"quantities":[{"name":"available","quantity":12},{"name":"on_hand","quantity":12},{"name":"committed","quantity":0},{"name":"incoming","quantity":0}],"__parentId":"gid:\/\/shopify\/InventoryItem\/46223450032770"}`,
	"head":    `{"id":"gid:\/\/shopify\/Product\/8123450032770","location":{"id":"gid:\/\/shopify\/Location\/7"},"featuredMedia":{"id":"gid:\/\/shopify\/MediaImage\/33123450032770"},"mediaCount":{"count":2,"precision":"EXACT"},"tags":["a"],"__parentId":"gid:\/\/shopify\/InventoryItem\/46223450032770"}`,
}

// agreement reports how a decoder and encoding/json differ about a line.
type agreement func(line []byte) string

// agreementOf compares with encoding/json: what is JSON, each value, and whether a line fits. Of a
// line that does not fit, what fits must be there.
func agreementOf[T any]() agreement {
	var lines decode.Decoder[T]
	return func(line []byte) string {
		want := new(T)
		wrong := json.Unmarshal(line, want)
		judged := new(T)
		refused := decode.Unmarshal(decode.Textual(line), judged, nil) // nested too deep, if it is JSON
		fits := wrong == nil && refused == nil && unfitness(judged) == ""
		got, err := lines.Decode(line)
		if broken := (*json.SyntaxError)(nil); errors.As(wrong, &broken) || refused != nil {
			if err == nil {
				return fmt.Sprintf("got no error, encoding/json has %v", wrong)
			}
			return ""
		}
		if told := unfitness(got); err != nil || (told == "") != fits {
			return fmt.Sprintf("got error %v and %q, encoding/json has %v", err, told, wrong)
		}
		unfit(want, unfitness(got))
		if !fits {
			return alikeBut(line, want, got)
		}
		return differences(want, got)
	}
}

func unfitness(node any) string { return reflect.ValueOf(node).Elem().FieldByName("wrong").String() }

func unfit(node any, wrong string) { node.(decode.Record).NoteUnfit(wrong) }

func differences(want, got any) string {
	same := cmp.Exporter(func(reflect.Type) bool { return true })
	empty := cmp.FilterValues(func(a, b any) bool { return isEmptySlice(a) && isEmptySlice(b) },
		cmp.Comparer(func(any, any) bool { return true }))
	texts := cmp.Comparer(func(a, b string) bool { return decode.Storable(a) == decode.Storable(b) }) // what is no text it replaces at once
	return cmp.Diff(want, got, same, empty, texts)
}

// alikeBut compares the strings and numbers of a line that does not fit, except names that come twice.
func alikeBut(line []byte, want, got any) string {
	for i := range reflect.TypeOf(want).Elem().NumField() {
		field := reflect.TypeOf(want).Elem().Field(i)
		if field.Type.Kind() != reflect.String && field.Type.Kind() != reflect.Int64 || !field.IsExported() {
			continue
		}
		a, b := reflect.ValueOf(want).Elem().Field(i), reflect.ValueOf(got).Elem().Field(i)
		twice := strings.Contains(unfitness(got), "twice")
		if !twice && decode.Storable(fmt.Sprint(a)) != decode.Storable(fmt.Sprint(b)) {
			return fmt.Sprintf("%s of %s is %v, want %v", field.Name, line, b, a)
		}
	}
	return ""
}

func isEmptySlice(v any) bool {
	value := reflect.ValueOf(v)
	return value.Kind() == reflect.Slice && value.Len() == 0
}

func agreements() map[string]agreement {
	return map[string]agreement{
		"product": agreementOf[records.Product](), "media": agreementOf[mediaLine](), "variant": agreementOf[records.Variant](),
		"link": agreementOf[memberLine](), "level": agreementOf[levelLine](), "head": agreementOf[lineHead](),
	}
}

// oddLines are lines on which decoders might differ.
var oddLines = []string{
	`{}`, `null`, `[]`, `7`, ``, `{`, `{"id"}`, `{"id":}`, `{"id":"a",}`, `{"id":"a"} x`,
	`{"id":"a"}{}`, "\xef\xbb\xbf{}", `{"id":7}`, `{"id":null}`,
	` { "id" : "a" , "position" : 1e0 , "tags" : [ ] } `, `{"id":"\u00e9\ud83d\ude00\"\\\b\f\n\r\t\/"}`, `{"id":"\ud83d"}`,
	`{"id":"\ud83d\ud83d\ude00"}`, `{"id":"\ude00\ud83d"}`, `{"id":"\uD83Dx\uDE00"}`, `{"id":"\\ud83d"}`, `{"id":"\\\ud83d"}`, `{"id":"\ud83d\u0041"}`, `{"id":"\ud83d\"}`, `{"id":"\ud83"}`, `{"id":"\ud83d`, "{\"id\":\"\\\xff\"}", "{\"id\":\"\\u00\xff0\"}", "\xff{}", "{\xff}", `{"title":"a\u0000b\ud800","tags":["\udfff"]}`,
	`{"id":"\q"}`, `{"id":"\u12"}`,
	"{\"id\":\"\xff\xfe\"}", "{\"id\":\"a\xc3\"}", "{\"id\":\"\xed\xa0\x80\"}",
	"{\"id\":\"\x01\"}", "{\"id\":\"\uFFFD\"}", "{\"\xff\":1}", "{\"id\":\"a\x00\"}",
	`{"position":9223372036854775808}`, `{"position":-0}`, `{"position":01}`, `{"position":1.5}`,
	`{"position":"1"}`, `{"position":99}`, `{"x":{"y":[1,2.5e+3,-0.1,true,false,null,"z"]}}`,
	`{"x":[1,]}`, `{"x":tru}`, `{"x":-}`, `{"x":1.}`, `{"x":1e}`, `{"x":"\ud800"}`, `{"x":"\x"}`, `{"x":"\u12g4"}`, `{"x":"\u1"}`,
	`{"x":"\`, `{"x":"\\\"\/\b\f\n\r\t\u00E9"}`, `{"\u0069d":"a"}`, `{"tags":null}`, `{"tags":[null,"a"]}`, `{"tags":["a",1]}`, `{"options":[null,{"optionValues":[null,{"name":"a"}]}]}`,
	`{"variantsCount":null,"mediaCount":{}}`, `{"variantsCount":{"count":1.0}}`, `{"seo":null}`, `{"image":null}`,
	`{"image":{}}`, `{"videoSources":[{"url":"a","mimeType":null}]}`, `{"inventoryItem":{"measurement":{"weight":null}}}`,
	`{"inventoryItem":{"measurement":{"weight":{"value":1.5E-05,"unit":null}}}}`,
	`{"inventoryItem":{"measurement":{"weight":{"value":"1"}}}}`, `{"inventoryItem":{"measurement":{"weight":{"value":null}}}}`, `{"inventoryItem":null,"product":null}`,
	`{"quantities":[{"name":"available","quantity":null}],"isActive":null,"location":null}`,
	`{"quantities":{}}`, `{"isActive":1}`, `{"isActive":"true"}`,
	strings.Repeat(`{"x":`, 2000) + `1` + strings.Repeat(`}`, 2000),
	`{"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`,
}

// hazard D3 hazard D4
func TestDecodersAgreeWithTheStandardLibrary(t *testing.T) {
	for kind, differ := range agreements() {
		lines := append([]string{linesOfEach[kind]}, oddLines...)
		for _, whole := range linesOfEach {
			for i := range whole { // cut off anywhere
				lines = append(lines, whole[:i])
			}
		}
		for _, line := range lines {
			if diff := differ([]byte(line)); diff != "" {
				t.Errorf("%s of %.80s: %s", kind, line, diff)
			}
		}
	}
}

// Lines as Shopify writes them must not take the slow way, which takes memory for each line.
func TestDecodersAreFastOnWhatShopifyWrites(t *testing.T) {
	for kind, line := range linesOfEach {
		decode := decoding(kind)
		for _, line := range []string{line, strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(line)} {
			taken := testing.AllocsPerRun(100, func() {
				if err := decode([]byte(line)); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			})
			if taken > 1 { // of which one is for the line
				t.Errorf("%s: memory is taken %v times for %s", kind, taken, line)
			}
		}
	}
}

// decoding returns a function that decodes lines of a kind.
func decoding(kind string) func(line []byte) error {
	return map[string]func(line []byte) error{
		"product": decodingOf[records.Product](), "media": decodingOf[mediaLine](), "variant": decodingOf[records.Variant](),
		"link": decodingOf[memberLine](), "level": decodingOf[levelLine](), "head": decodingOf[lineHead](),
	}[kind]
}

func decodingOf[T any]() func(line []byte) error {
	var lines decode.Decoder[T]
	return func(line []byte) error { _, err := lines.Decode(line); return err }
}

// plainNames reports whether no object of a document has a name twice, or two names that differ only
// in the case of their letters. encoding/json takes such names for the same field.
func plainNames(line []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(line))
	var open []map[string]bool // nil for an array
	isName := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return true
		}
		switch token {
		case json.Delim('{'):
			open, isName = append(open, map[string]bool{}), true
			continue
		case json.Delim('['):
			open, isName = append(open, nil), false
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
		inObject := len(open) > 0 && open[len(open)-1] != nil
		if name, ok := token.(string); ok && inObject && isName {
			folded := strings.ToLower(name)
			if open[len(open)-1][folded] || strings.IndexFunc(name, func(r rune) bool { return r > 'z' }) >= 0 {
				return false
			}
			open[len(open)-1][folded] = true
			for _, known := range strings.Fields("id __parentId handle title descriptionHtml vendor productType status tags seo description variantsCount mediaCount count precision options name position optionValues alt mediaContentType mimeType image url originUrl videoSources modelSources price sku barcode compareAtPrice product selectedOptions value inventoryItem tracked requiresShipping measurement weight unit isActive location quantities quantity updatedAt media nodes pageInfo") {
				if name != known && strings.EqualFold(name, known) {
					return false
				}
			}
			isName = false
			continue
		}
		isName = inObject
	}
}

func FuzzDecodersAgree(f *testing.F) {
	for _, line := range linesOfEach {
		f.Add([]byte(line))
	}
	for _, line := range oddLines {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.ContainsRune(line, '\n') || !plainNames(line) {
			return
		}
		for kind, differ := range agreements() {
			if diff := differ(line); diff != "" {
				t.Errorf("%s: %s", kind, diff)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for kind, line := range linesOfEach {
		b.Run(kind, func(b *testing.B) { benchmarkLine(b, kind, []byte(line)) })
	}
}

func benchmarkLine(b *testing.B, kind string, line []byte) {
	decode := decoding(kind)
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if err := decode(line); err != nil {
			b.Fatal(err)
		}
	}
}
