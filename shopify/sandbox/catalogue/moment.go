package catalogue

import (
	"encoding/json"
	"time"
)

// Moment is a point in time in whole seconds, the precision of Shopify's answers.
type Moment int64

// MomentOf drops the parts of a second.
func MomentOf(t time.Time) Moment { return Moment(t.Unix()) }

// String is the moment as a DateTime of the GraphQL schema.
func (m Moment) String() string {
	return time.Unix(int64(m), 0).UTC().Format(time.RFC3339)
}

// MarshalJSON writes the moment as a DateTime.
func (m Moment) MarshalJSON() ([]byte, error) {
	return json.Marshal(m.String())
}
