package cmd

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// readFlags are the flags of every command that reads a shop.
type readFlags struct {
	only       string
	reader     string
	standstill time.Duration // how long a bulk operation may stand still
}

func (f *readFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.only, "only", "", "only these `RESOURCES`: products, categories, warehouses, stock (default all that the store is set up for)")
	cmd.Flags().StringVar(&f.reader, "reader", "auto", "`WAY` to read: auto, bulk or paged")
	usage.AddPeriod(cmd.Flags(), &f.standstill, "bulk-patience", access.UsualStandstill, "`TIME` that a bulk operation may make no progress")
}

// wanted is what the flags ask to read, and how.
func (f *readFlags) wanted() (job.Selection, error) {
	want := job.Selection{Reader: importer.Reader(f.reader)}
	readers := []importer.Reader{importer.ReaderAuto, importer.ReaderBulk, importer.ReaderPaged}
	if !slices.Contains(readers, want.Reader) {
		return want, usage.Fault(usage.Again("--reader", cmp.Or(spelling.Nearest(f.reader, readers), "auto")),
			"there is no reader %q: auto, bulk and paged are known", f.reader)
	}
	if f.standstill <= 0 {
		return want, usage.Fault(usage.Again("--bulk-patience", "10m"), "--bulk-patience must be longer than nothing")
	}
	if f.only == "" {
		return want, nil
	}
	var err error
	if want.Asked, err = connector.ParseResources(f.only); err != nil {
		return want, usage.Fault(meantResources(f.only), "--only: %s", err)
	}
	return want, nil
}

// meantResources is the flag --only with the known resources that come nearest to those
// typed.
func meantResources(list string) connector.Next {
	var meant []string
	for name := range strings.SplitSeq(list, ",") {
		if near := spelling.Nearest(strings.TrimSpace(name), connector.Resources()); near != "" {
			meant = append(meant, near)
		}
	}
	return usage.Again("--only", cmp.Or(strings.Join(meant, ","), "products,stock"))
}

func addChoiceFlags(cmd *cobra.Command, choices *importer.Choices) {
	cmd.Flags().BoolVar(&choices.KeepLocalEdits, "keep-local-edits", false, "leave records alone that were edited in the store")
	cmd.Flags().BoolVar(&choices.ArchiveMissing, "archive-missing", false, "archive what the shop no longer shows")
}
