package client

import (
	"encoding/json"
	"fmt"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/queries"
)

var errLeftOut = fmt.Errorf("a field was left out of the question: %w", bulk.ErrOtherText)

// leaveOut notes the fields that the version lacks according to the errors of an answer. It
// reports whether the question may be asked again without them.
func leaveOut(absent *queries.AbsentFields, raw json.RawMessage) bool {
	var list []graphError
	if json.Unmarshal(raw, &list) != nil {
		return false
	}
	fields := make([]string, len(list))
	for i, e := range list {
		fields[i] = e.absentField()
	}
	return absent.Add(fields)
}
