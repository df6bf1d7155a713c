package walk

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// UnreadableSnapshots are the snapshots that could not be read, by the run that read them,
// with the reason. Planning and checking work without them.
type UnreadableSnapshots map[string]error

// LearnFrom adds the snapshot that err says is unreadable. learned is false if err says no
// such thing or the snapshot is known already.
func (d *UnreadableSnapshots) LearnFrom(err error) (run string, learned bool) {
	var which *importer.UnreadableError
	if !errors.As(err, &which) || (*d)[which.Run] != nil {
		return "", false
	}
	if *d == nil {
		*d = UnreadableSnapshots{}
	}
	(*d)[which.Run] = which.Err
	return which.Run, true
}

// HasDropped reports whether a snapshot is among them, or the one that could not be loaded
// with this error.
func (d UnreadableSnapshots) HasDropped(s importer.Snapshot, err error) bool {
	var which *importer.UnreadableError
	if errors.As(err, &which) {
		return d[which.Run] != nil
	}
	return err == nil && s != nil && d[s.Info().Run] != nil
}

// Runs returns the runs that read these snapshots, sorted.
func (d UnreadableSnapshots) Runs() []string { return slices.Sorted(maps.Keys(d)) }

// Remarks returns a warning for each of them.
func (d UnreadableSnapshots) Remarks() (all []importer.Remark) {
	for _, run := range d.Runs() {
		all = append(all, importer.Remark{
			Code: importer.WarnSnapshotDropped, Severity: importer.Warning, Resource: "snapshots", ExternalID: run,
			Message: fmt.Sprintf("the stored snapshot of %s cannot be read (%s): "+
				"the shop is compared with the rows instead, and an import drops it", run, d[run]),
			Next: connector.Typed("doctor").After("nothing to do; if it comes again, look at the disk and the state file: "),
		})
	}
	return all
}
