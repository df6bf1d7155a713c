package client

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/eshopos/eshopctl/shopify/bulk"
)

// bulkOperation is a bulk operation as Shopify sends it.
type bulkOperation struct {
	ID, Status, ErrorCode, URL, Query string

	CreatedAt                    moment
	ObjectCount, RootObjectCount figure
}

// figure is a number that Shopify writes as a string (the scalar UnsignedInt64).
type figure int

func (f *figure) UnmarshalJSON(text []byte) error {
	digits := unquotedText(text)
	if digits == "" {
		return nil
	}
	n, err := strconv.ParseInt(digits, 10, 0)
	*f = figure(n)
	return err
}

// moment is a time that may be null, which is the zero time.
type moment struct{ time.Time }

func (m *moment) UnmarshalJSON(text []byte) (err error) {
	if told := unquotedText(text); told != "" {
		m.Time, err = time.Parse(time.RFC3339, told)
	}
	return err
}

// unquotedText returns what a JSON string holds, a number as it is written, and "" for null.
func unquotedText(value []byte) string {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return string(value)
	}
	return text
}

// asOperation returns the operation as package bulk has it.
func (o *bulkOperation) asOperation() *bulk.Operation {
	if o == nil {
		return nil
	}
	return &bulk.Operation{
		ID: o.ID, Status: o.Status, ErrorCode: o.ErrorCode, URL: o.URL, CreatedAt: o.CreatedAt.Time,
		Objects: int(o.ObjectCount), Roots: int(o.RootObjectCount),
	}
}
