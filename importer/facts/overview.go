package facts

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Overview is what the state file knows of one store.
type Overview struct {
	Facts   health.Facts
	Objects map[string]int // rows by the name of their table; nil where nobody counted them
}

// Overview gathers what status shows of a connector. Nothing is asked of the shop:
// trouble is why it did not answer just now, nil when it did or was not asked.
func (g *Gatherer) Overview(ctx context.Context, db State, c connector.Connector, trouble error) (Overview, error) {
	known := g.Known(c)
	known.KeyFile = g.Settings.KeyFile()
	if trouble != nil {
		known.Answer = &health.Answer{Fault: g.Classify(trouble), Before: c}
	}
	if err := addRuns(ctx, db, &known); err != nil {
		return Overview{}, err
	}
	if altered := db.CheckConnector(ctx, c); altered != nil {
		known.Key = &health.Key{Fault: g.Classify(altered)}
	}
	var err error
	if known.Meant, err = storeMeant(ctx, db, c); err != nil {
		return Overview{}, err
	}
	objects, err := rowsOf(ctx, db, c)
	return Overview{known, objects}, err
}

// addRuns adds what the state file knows of imports and of the age of their data.
func addRuns(ctx context.Context, db State, facts *health.Facts) error {
	c := facts.Connector
	var err error
	if facts.LastPreview, err = db.LastRun(ctx, c.ID(), importer.KindPreview); err != nil {
		return err
	}
	if facts.LastRun, err = db.LastRun(ctx, c.ID(), importer.KindImport); err != nil {
		return err
	}
	facts.Freshness, err = db.Freshness(ctx, c)
	return err
}

// storeMeant is the store that was most likely meant by the name of one that nobody
// connected, else "".
func storeMeant(ctx context.Context, db connector.Registry, c connector.Connector) (string, error) {
	if c.Reason != connector.NeverConnected {
		return "", nil
	}
	all, err := db.Connectors(ctx)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return spelling.NearestFirst(c.Store, job.StoresOf(all))[0], nil
}

// rowsOf counts the rows of a store by table.
func rowsOf(ctx context.Context, db job.Rows, c connector.Connector) (map[string]int, error) {
	objects := map[string]int{}
	for _, table := range importer.Tables() {
		var err error
		if objects[table.Name], err = db.CountRows(ctx, table, importer.ListFilter{Store: c.Store}); err != nil {
			return nil, err
		}
	}
	return objects, nil
}
