package client

import (
	"encoding/json"
	"fmt"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/queries"
)

var errLeftOut = fmt.Errorf("a field was left out of the question: %w", bulk.ErrOtherText)

// lacks is the field that an error says the version lacks, "" for any other error.
func (e graphError) lacks() string {
	if e.Extensions.TypeName != "" && e.Extensions.Code == "undefinedField" {
		return e.Extensions.TypeName + "." + e.Extensions.FieldName
	}
	return queries.LackedBy(e.Message)
}

// leaveOut notes the fields that errors say the version lacks. It reports whether the
// question may be asked without them.
func (c *Client) leaveOut(raw json.RawMessage) bool {
	var list []graphError
	if json.Unmarshal(raw, &list) != nil {
		return false
	}
	fields := make([]string, len(list))
	for i, e := range list {
		fields[i] = e.lacks()
	}
	return c.lacking.Add(fields)
}

// leaveOutOfBulk is leaveOut for the refusal of a bulk operation, which is only words and
// may name one field at a time.
func (c *Client) leaveOutOfBulk(refusals []userError) bool {
	var fields []string
	for _, refusal := range refusals {
		if field := queries.LackedBy(refusal.Message); field != "" {
			fields = append(fields, field)
		}
	}
	return c.lacking.Add(fields)
}
