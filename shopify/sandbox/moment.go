package sandbox

import (
	"encoding/json"
	"time"
)

// moment is a point in time in whole seconds, the precision of Shopify's answers.
type moment int64

func momentOf(t time.Time) moment { return moment(t.Unix()) }

func (m moment) String() string {
	return time.Unix(int64(m), 0).UTC().Format(time.RFC3339)
}

// MarshalJSON writes the moment as a DateTime.
func (m moment) MarshalJSON() ([]byte, error) {
	return json.Marshal(m.String())
}
