package job

import (
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// servesPreview reports whether a snapshot that an earlier run left behind is what a
// preview of the resources would read now, as far as that is known without reading.
func servesPreview(i importer.SnapshotInfo, c connector.Connector, resources []connector.Resource, reader importer.Reader, now time.Time) bool {
	age := now.Sub(i.FinishedAt) // of a clock that was wrong meanwhile it says nothing
	sameResources := slices.Equal(slices.Sorted(slices.Values(i.Resources)), slices.Sorted(slices.Values(resources)))
	return importer.SameShop(c, i.Shop) == nil && sameResources && (reader == importer.ReaderAuto || reader == i.Reader) && age > -importer.ClockSkew && age < freshSnapshot
}

// freshSnapshot is how old the snapshot of a run that was cut off may be to be
// taken up; later its stock is not worth the time that it saves.
const freshSnapshot = time.Hour
