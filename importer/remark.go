package importer

import (
	"strconv"

	"github.com/eshopos/eshopctl/connector"
)

// Severity says whether a remark is a warning or a rejection.
type Severity string

// The severities.
const (
	Warning  Severity = "warning"
	Rejected Severity = "rejected" // the record was not imported; the run is partial
)

// Remark is a coded statement about one record of a run.
type Remark struct {
	Code       string         `json:"code"`
	Severity   Severity       `json:"severity"`
	Resource   string         `json:"resource"`
	ExternalID string         `json:"external_id"`
	LocalID    string         `json:"local_id,omitempty"`
	Message    string         `json:"message"`
	Next       connector.Next `json:"hint"` // a face writes it out
}

// The codes of remarks. They are stable: scripts rely on them.
const (
	WarnSKUMissing           = "W-SKU-MISSING"
	WarnSKUDuplicate         = "W-SKU-DUPLICATE"
	WarnProductNoCategory    = "W-PRODUCT-NO-CATEGORY"
	WarnMediaNotReady        = "W-MEDIA-NOT-READY"
	WarnMediaType            = "W-MEDIA-TYPE"
	WarnStockNegative        = "W-STOCK-NEGATIVE"
	WarnStockInactive        = "W-STOCK-INACTIVE"
	WarnStockZeroed          = "W-STOCK-ZEROED"
	WarnStockRemoved         = "W-STOCK-REMOVED"
	WarnStockOlder           = "W-STOCK-OLDER"
	WarnStockUnknown         = "W-STOCK-UNKNOWN"
	WarnItemWithoutVariant   = "W-ITEM-WITHOUT-VARIANT"
	WarnWarehouseAdopted     = "W-WAREHOUSE-ADOPTED"
	WarnWarehouseNameTwice   = "W-WAREHOUSE-NAME-TWICE"
	WarnWarehouseRenamed     = "W-WAREHOUSE-RENAMED"
	WarnWarehouseUnlinked    = "W-WAREHOUSE-UNLINKED"
	WarnWarehouseInactive    = "W-WAREHOUSE-INACTIVE"
	WarnMissing              = "W-MISSING"
	WarnLocalEditOverwritten = "W-LOCAL-EDIT-OVERWRITTEN"
	WarnLocalEditKept        = "W-LOCAL-EDIT-KEPT"
	WarnReaderFallback       = "W-READER-FALLBACK"
	WarnChangedWhileReading  = "W-CHANGED-WHILE-READING"
	WarnAPIVersion           = "W-API-VERSION"
	WarnTextReplaced         = "W-TEXT-REPLACED"
	WarnSnapshotDropped      = "W-SNAPSHOT-DROPPED"
	WarnReconciliationBug    = "W-RECONCILIATION-BUG"

	RejectWarehouseAmbiguous = "E-WAREHOUSE-AMBIGUOUS"
	RejectParentRejected     = "E-PARENT-REJECTED"
	RejectValueInvalid       = "E-VALUE-INVALID"
	RejectIncomplete         = "E-INCOMPLETE"
)

// RemarksKept is how many remarks of one code are stored for a run. All of them are
// counted.
const RemarksKept = 10_000

// CorrectInShop is the hint for a record that cannot be imported as it is.
func CorrectInShop() connector.Next { return connector.Advice("correct it in the shop") }

// Thousands formats a number with separators: 12,340.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
