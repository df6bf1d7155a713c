package plain

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// A list that is written as it comes reads like one that was held.
func TestJSONList(t *testing.T) {
	for _, list := range [][]any{{}, {"one"}, {map[string]any{"title": "\x1b[2J\u202e", "tags": []string{"a"}, "none": []string{}}, 7, nil}} {
		var held, streamed bytes.Buffer
		if err := WriteJSON(&held, map[string]any{"products": list}); err != nil {
			t.Fatal(err)
		}
		begun, err := WriteJSONList(&streamed, "products", EachOf(list))
		if err != nil || begun != (len(list) > 0) || streamed.String() != held.String() {
			t.Errorf("%v, %v:\n%s\nwant\n%s", begun, err, streamed.String(), held.String())
		}
	}
}

// An error before the first element leaves room for a document that tells it.
func TestJSONListFails(t *testing.T) {
	broken := errors.New("the disk reported an error")
	for _, before := range []int{0, 2} {
		var out bytes.Buffer
		begun, err := WriteJSONList(&out, "products", func(yield func(any, error) bool) {
			for i := range before {
				yield(i, nil)
			}
			yield(nil, broken)
		})
		if !errors.Is(err, broken) || begun != (before > 0) || (out.Len() > 0) != begun {
			t.Errorf("%v, %v, %q", begun, err, out.String())
		}
	}
	var out bytes.Buffer
	if err := WriteJSONLines(&out, EachOf([]any{1, "two"})); err != nil || out.String() != "1\n\"two\"\n" || strings.Contains(out.String(), " ") {
		t.Errorf("%v, %q", err, out.String())
	}
}
