package state

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// Info looks at the whole file.
func (db *DB) Info(ctx context.Context) (job.Info, error) {
	facts, err := db.file.Facts(ctx)
	info := job.Info{Path: db.path, Known: len(schema().Steps), Schema: facts.Schema, Bytes: facts.Bytes, LogBytes: facts.LogBytes, FreeBytes: facts.FreeBytes, SQLite: facts.SQLite}
	if err != nil {
		return info, err
	}
	if info.Stores, err = db.storeInfos(ctx); err != nil {
		return info, unusable(db.path, err)
	}
	info.Locks, err = db.heldLocks(ctx)
	return info, err
}

func (db *DB) storeInfos(ctx context.Context) ([]job.StoreInfo, error) {
	names, err := texts(ctx, db.read, "SELECT store FROM connectors UNION SELECT store FROM runs ORDER BY store")
	if err != nil {
		return nil, err
	}
	infos := []job.StoreInfo{}
	for _, name := range names {
		info := job.StoreInfo{Store: name, Rows: map[string]int{}}
		for _, t := range importer.Tables() {
			if info.Rows[t.Name], err = db.Count(ctx, t, importer.ListFilter{Store: name}); err != nil {
				return nil, err
			}
		}
		if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM runs WHERE store = ?", name).Scan(&info.Runs); err != nil {
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
	found, err := db.read.QueryContext(ctx, `SELECT run, started_at FROM snapshots JOIN runs ON runs.id = run
		WHERE snapshots.store = ? AND complete ORDER BY seq DESC`, store)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	kept := []job.KeptSnapshot{}
	for found.Next() {
		var s job.KeptSnapshot
		if err := found.Scan(&s.Run, timeColumn{&s.ReadAt}); err != nil {
			return nil, err
		}
		kept = append(kept, s)
	}
	return kept, found.Err()
}

// heldLocks tries each lock that was ever taken.
func (db *DB) heldLocks(ctx context.Context) ([]job.HeldLock, error) {
	names, err := sqlite.LocksBeside(db.path)
	if err != nil {
		return nil, err
	}
	held := []job.HeldLock{}
	for _, name := range names {
		if lock := db.lock(name); lock.Held() {
			held = append(held, lock.holder(ctx))
		}
	}
	return held, nil
}

// texts gives the one column of a query.
func texts(ctx context.Context, from querier, query string, args ...any) ([]string, error) {
	found, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var all []string
	for found.Next() {
		var text string
		if err := found.Scan(short(&text)...); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, found.Err()
}
