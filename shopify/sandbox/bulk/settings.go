package bulk

import (
	"strings"
	"time"
)

// Settings say how a shop deals with bulk operations.
type Settings struct {
	Refusal Refusal // of every operation
	Others  int     // operations of other programs with this app that are under way
	Only    string  // the settings below are for documents that hold this text; "" for all
	Times   int     // and for that many operations; 0 for all
	Ends    string  // CANCELED or EXPIRED, or the code of a failure: TIMEOUT, INTERNAL_SERVER_ERROR
	Stuck   bool    // operations find nothing and never end
	Loses   int     // records of the outermost list are not found, nor counted
	Partial bool    // operations that fail show what they found, under both addresses
	// Outright refuses a query that does not fit the schema with the errors of an ordinary query instead of user
	// errors. Shopify was not seen to do that.
	Outright bool
	Address  string        // where results are said to lie; "" for where they do
	Delay    time.Duration // before an operation ends; zero ends it before the first poll

	Order   Order                    // of the lines
	Gzip    bool                     // files are sent compressed to those who accept it
	NoRange bool                     // files are sent from their beginning only
	Spoil   func(file []byte) []byte // what is sent instead of a file; the counts stay as they are
}

// Refusal is a way in which operations are refused. The exact words of most real refusals were not seen.
type Refusal string

// The refusals.
const (
	NotEnabled  Refusal = "not enabled"  // the app was not allowed to run them
	NoAllowlist Refusal = "no allowlist" // a public app without an IP allowlist
	Forbidden   Refusal = "forbidden"    // the same as an error of the operation instead of the request
	Limit       Refusal = "limit"        // LIMIT_REACHED
)

// Order is an order of lines.
type Order string

// The orders. Only Reversed does not keep the order within one list.
const (
	ByDepth   Order = ""          // parents, then their children, as in captured files
	Grouped   Order = "grouped"   // children follow their parent
	Scattered Order = "scattered" // anywhere
	Children  Order = "children"  // children, then parents
	Reversed  Order = "reversed"  // from the last line to the first
)

// forQuery returns the settings for an operation with that query, and counts the operation.
func (s *Settings) forQuery(query string) Settings {
	if !strings.Contains(query, s.Only) || s.Times < 0 {
		return Settings{Address: s.Address, Delay: s.Delay, Order: s.Order, Gzip: s.Gzip, NoRange: s.NoRange}
	}
	own := *s
	if s.Times > 0 {
		if s.Times--; s.Times == 0 {
			s.Times = -1
		}
	}
	return own
}
