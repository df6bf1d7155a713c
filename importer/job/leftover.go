package job

import (
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// servesPreview reports whether the snapshot that an earlier run left behind is what a
// preview of the resources would read now.
func servesPreview(i importer.SnapshotInfo, c connector.Connector, resources []connector.Resource, reader importer.Reader,
	now time.Time) bool {
	age := now.Sub(i.FinishedAt) // negative if the clock was set back
	sameResources := slices.Equal(slices.Sorted(slices.Values(i.Resources)), slices.Sorted(slices.Values(resources)))
	return importer.SameShop(c, i.Shop) == nil && sameResources && (reader == importer.ReaderAuto || reader == i.Reader) && age > -importer.ClockSkew && age < freshSnapshot
}

// freshSnapshot is the age up to which the snapshot of a run that was cut off is used.
// Later its stock is too old.
const freshSnapshot = time.Hour
