package state

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/engine"
)

// Info describes the whole file.
func (db *DB) Info(ctx context.Context) (job.Info, error) {
	facts, err := db.file.Facts(ctx)
	info := job.Info{Path: db.Path(), Known: ownSchema().Newest(), Schema: facts.Schema, Bytes: facts.Bytes,
		LogBytes: facts.LogBytes, FreeBytes: facts.FreeBytes, SQLite: facts.SQLite}
	if err != nil {
		return info, err
	}
	if info.Stores, err = db.storeInfos(ctx); err != nil {
		return info, db.place.Unusable(err)
	}
	info.Locks, err = db.HeldLocks(ctx)
	return info, err
}

func (db *DB) storeInfos(ctx context.Context) ([]job.StoreInfo, error) {
	names, err := engine.QueryTexts(ctx, db.place.Read(), "SELECT store FROM connectors UNION SELECT store FROM runs ORDER BY store")
	if err != nil {
		return nil, err
	}
	infos := []job.StoreInfo{}
	for _, name := range names {
		info := job.StoreInfo{Store: name, Rows: map[string]int{}}
		for _, t := range importer.Tables() {
			if info.Rows[t.Name], err = db.CountRows(ctx, t, importer.ListFilter{Store: name}); err != nil {
				return nil, err
			}
		}
		if err := db.place.Read().QueryRowContext(ctx, "SELECT count(*) FROM runs WHERE store = ?", name).Scan(&info.Runs); err != nil {
			return nil, err
		}
		if info.Snapshots, err = db.snapshotsOf(ctx, name); err != nil {
			return nil, err
		}
		infos = append(infos, info)
	}
	return infos, nil
}

func (db *DB) snapshotsOf(ctx context.Context, store string) ([]job.KeptSnapshot, error) {
	found, err := db.place.Read().QueryContext(ctx, `SELECT run, started_at FROM snapshots JOIN runs ON runs.id = run
		WHERE snapshots.store = ? AND complete ORDER BY seq DESC`, store)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	kept := []job.KeptSnapshot{}
	for found.Next() {
		var s job.KeptSnapshot
		if err := found.Scan(&s.Run, engine.TimeInto(&s.ReadAt)); err != nil {
			return nil, err
		}
		kept = append(kept, s)
	}
	return kept, found.Err()
}
