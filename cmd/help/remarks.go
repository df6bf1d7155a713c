package help

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// Remark explains one code. The README has the same table.
type Remark struct {
	Code, Meaning, Cause, Cure string
}

// Remarks explain every code of a warning or rejection.
func Remarks() []Remark { return slices.Clone(remarks) }

var remarks = []Remark{
	{importer.WarnSKUMissing, "A variant has no SKU.",
		"The merchant did not give it one.",
		"Give it one in the shop if other systems find it by SKU."},
	{importer.WarnSKUDuplicate, "Variants share a SKU.",
		"Copied products, or one article sold in several ways.",
		"Give each variant its own SKU. Nothing is merged meanwhile."},
	{importer.WarnProductNoCategory, "A product is in no category.",
		"It is in no collection of the shop.",
		"Put it into a collection if it is to be found by category."},
	{importer.WarnMediaNotReady, "A media item has no address yet.",
		"The shop is still processing it, or failed to.",
		"Run again later; upload it again if it failed."},
	{importer.WarnMediaType, "A media item is no JPEG, PNG or WebP image.",
		"Videos, models and other image types are imported, not shown.",
		"Replace it in the shop if the storefront is to show it."},
	{importer.WarnStockNegative, "A stock level is below zero.",
		"More was sold than was counted. It is stored as it is.",
		"Count the stock and correct it in the shop."},
	{importer.WarnStockInactive, "There is stock at a place that no longer sells it.",
		"The location or the item's level was deactivated.",
		"Move it to an active location, or set it to zero."},
	{importer.WarnStockZeroed, "A level goes from above zero to zero or less.",
		"Sold out, or cleared by mistake in the shop.",
		"Check that it is right; --max-zeroed stops mass zeroing."},
	{importer.WarnStockRemoved, "A stock level is removed.",
		"The shop no longer stocks the item there.",
		"Check that the item was meant to leave this location."},
	{importer.WarnStockOlder, "The stock that was read is older than this run.",
		"A bulk operation was taken up that a run which was cut off had begun.", "Import once more after this, if much is sold."},
	{importer.WarnStockUnknown, "A tracked level has no number that is available.",
		"The shop gives none. It is stored as unknown, never as zero.",
		"Look at the item in the shop; --max-zeroed stops a mass of it."},
	{importer.WarnItemWithoutVariant, "The stock of an inventory item is left out.",
		"No variant of the shop has the item.",
		"Nothing, if its variant was deleted. Else look for it in the shop."},
	{importer.WarnWarehouseAdopted, "A warehouse was taken for a location of its name.",
		"It had no mapping and exactly the same name.",
		"If it is another place: eshopctl warehouses link --new."},
	{importer.WarnWarehouseNameTwice, "Locations share a name; each has its own warehouse.",
		"The shop has several locations of that name.",
		"Give them different names in the shop."},
	{importer.WarnWarehouseRenamed, "A warehouse gets another name.",
		"The location was renamed in the shop, or the warehouse here.",
		"Nothing, if it was meant. It stays the same warehouse."},
	{importer.WarnWarehouseUnlinked, "A location gets a new warehouse; others stand for none.",
		"It is new, and warehouses here stand for no location.",
		"If it is one of them: eshopctl warehouses link .. --move."},
	{importer.WarnWarehouseInactive, "A location is deactivated.",
		"The merchant closed it. Its stock is kept, marked inactive.",
		"Nothing, if it is closed."},
	{importer.WarnMissing, "The shop no longer shows a record.",
		"It was deleted, or is hidden from this app.",
		"Nothing is deleted. --archive-missing archives what is missing."},
	{importer.WarnLocalEditOverwritten, "An edit made here is overwritten.",
		"A row was changed since the last import.",
		"Keep it with --keep-local-edits, or make it in the shop."},
	{importer.WarnLocalEditKept, "An edit made here is kept; the record is skipped.",
		"--keep-local-edits was given.",
		"Leave the flag out to take the shop's values."},
	{importer.WarnReaderFallback, "The shop was read in another way than asked.",
		"Shopify refused bulk operations, or they led nowhere.",
		"Nothing; the result is the same."},
	{importer.WarnChangedWhileReading, "The shop changed while it was read.",
		"Somebody works in the shop; what was off was read again.",
		"Run at a quieter time to see one state of the shop."},
	{importer.WarnAPIVersion, "Shopify answered with another API version.",
		"The version asked for is no longer offered.",
		"Look for a newer eshopctl, or set ESHOPCTL_SHOPIFY_API_VERSION."},
	{importer.WarnTextReplaced, "A character of a text was replaced by U+FFFD.",
		"The text holds U+0000, or half of a character.",
		"Correct the text in the shop."},
	{importer.WarnSnapshotDropped, "A stored snapshot cannot be read and is dropped.",
		"The state file was damaged, or another program changed it.",
		"Nothing: the shop was compared with the rows. Look at the disk."},
	{importer.WarnReconciliationBug, "Shop and store differ, and neither changed.",
		"An import did not leave what it should have: a bug of ours.",
		"Do not run it again blindly; report it with runs changes."},
	{importer.RejectWarehouseAmbiguous, "A location is not imported, nor is its stock.",
		"Its mapping was lost, or several of one name could belong together.",
		"Link them by hand: eshopctl warehouses link."},
	{importer.RejectParentRejected, "A record is not imported.",
		"What it belongs to was rejected, or never imported.",
		"Mend the parent first, or import its resource as well."},
	{importer.RejectValueInvalid, "A record is not imported.",
		"What it must have is null or of another type, or a price is no number.",
		"Correct it in the shop."},
	{importer.RejectIncomplete, "Parts of a record are kept as they are here.",
		"The shop counts more of them than it gives, also when asked again.",
		"Save the record in the shop once more, then import again."},
}

func warningsHelp() string {
	var text strings.Builder
	text.WriteString(`Warnings (W-) are records that were imported and deserve a look. Rejections (E-)
are records that were not; the run is then partial (exit status 5). See those of a
run with: eshopctl runs warnings RUN
`)
	for _, help := range remarks {
		text.WriteString(warningHelp(help.Code))
	}
	return text.String()
}

// warningHelp is the part of the page about one code.
func warningHelp(code string) string {
	for _, help := range remarks {
		if help.Code == code {
			return fmt.Sprintf("\n%s\n  %s\n  why   %s\n  cure  %s\n", help.Code, help.Meaning, help.Cause, help.Cure)
		}
	}
	return ""
}

// IsRemarkCode reports whether code is that of a warning or rejection.
func IsRemarkCode(code string) bool {
	return slices.ContainsFunc(remarks, func(h Remark) bool { return h.Code == code })
}

// ExplainCode explains a code in a sentence or two: what it means and its cause.
func ExplainCode(code string) string {
	for _, help := range remarks {
		if help.Code == code {
			return help.Meaning + " " + help.Cause
		}
	}
	return ""
}
