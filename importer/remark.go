package importer

import "github.com/eshopos/eshopctl/connector"

// Severity tells a warning from a rejection.
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

// RemarksKept is how many remarks of one code a run keeps; all are counted.
const RemarksKept = 10_000
