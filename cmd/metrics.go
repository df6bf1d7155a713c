package cmd

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/metrics"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/durable"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// metricsFile is the path of a file for the textfile collector of Prometheus'
// node_exporter, "" for none.
type metricsFile string

func (f *metricsFile) add(cmd *cobra.Command) {
	cmd.Flags().StringVar((*string)(f), "metrics-file", "", "write metrics for Prometheus into this `FILE`, which ends in .prom for node_exporter")
}

// check refuses a file that could not be written, before anything is done.
func (f metricsFile) check(p *access.Access) error {
	if f == "" {
		return nil
	}
	if err := usage.CheckPath("--metrics-file", string(f), usage.Again("--metrics-file", "./eshopctl.prom")); err != nil {
		return err
	}
	if err := checkSpared(p, string(f), usage.Again("--metrics-file", "./eshopctl.prom")); err != nil {
		return err
	}
	if err := f.file().Check(); err != nil {
		return usage.Fault(usage.Again("--metrics-file", "./eshopctl.prom"), "--metrics-file: %s", err)
	}
	return nil
}

// file is the output file. Everybody may read it: it holds no secret, and node_exporter
// runs as another user.
func (f metricsFile) file() durable.Output { return durable.Output{Path: string(f), Mode: 0o644} }

// writeMetrics writes the metrics of stores from their cards.
func writeMetrics(ctx context.Context, p *access.Access, f metricsFile, cards []view.Card) error {
	var records []metrics.Record
	db, err := p.OpenToLook(ctx)
	if errors.Is(err, connector.ErrNoState) {
		return f.write(records)
	}
	if err != nil {
		return err
	}
	for _, card := range cards {
		record, err := recordOf(ctx, db, card)
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	return f.write(records)
}

func recordOf(ctx context.Context, db job.PastRuns, card view.Card) (metrics.Record, error) {
	record := metrics.Record{Card: card, Last: map[importer.Kind]*importer.Run{}, LastSuccess: map[importer.Kind]*importer.Run{}}
	of := connector.ID{Store: card.Store, Provider: card.Provider}
	var err error
	for _, kind := range []importer.Kind{importer.KindPreview, importer.KindImport, importer.KindReconcile} {
		if record.Last[kind], err = db.LastRun(ctx, of, kind); err != nil {
			return record, err
		}
		succeeded, err := db.Runs(ctx, importer.RunFilter{Store: of.Store, Provider: of.Provider, Kind: string(kind),
			Status: string(importer.Succeeded), Limit: 1})
		if err != nil {
			return record, err
		}
		if len(succeeded) > 0 {
			record.LastSuccess[kind] = &succeeded[0]
		}
	}
	return record, nil
}

func (f metricsFile) write(records []metrics.Record) error {
	return f.file().Write(func(w io.Writer) error { return metrics.Write(w, records) })
}
