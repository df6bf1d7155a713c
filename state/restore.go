package state

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/locks"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// Backups are the backups that may replace the state file at Path.
type Backups struct {
	Path    string
	Options []Option
}

// restoration is a backup that is ready to replace the state file.
type restoration struct {
	job.Restoration
	ready *sqlite.Restoration
}

// PrepareBackup checks the file at from, copies it beside the state file and checks the
// copy. It does not touch the present state file.
func (b Backups) PrepareBackup(ctx context.Context, from string) (job.ReadyBackup, error) {
	ready, err := sqlite.PrepareRestore(ctx, b.Path, from, newSettings(b.Options).ofFile())
	if err != nil {
		return nil, err
	}
	r := &restoration{ready: ready, Restoration: job.Restoration{From: ready.From, Path: ready.Path, Bytes: ready.Bytes,
		LogLeftOut: ready.LogLeftOut}}
	if r.Holds, err = contentsOf(ctx, ready.Copy, b.Options); err != nil {
		return nil, errors.Join(ready.CopyFault(err), r.Close())
	}
	r.lookAtReplaced(ctx, b.Options)
	return r, failpoint.Reach("restore/checked")
}

func (r *restoration) lookAtReplaced(ctx context.Context, options []Option) {
	now, err := contentsOf(ctx, r.Path, options)
	switch {
	case err == nil:
		r.Replaces = &now
	case !errors.Is(err, connector.ErrNoState):
		r.Unusable = err
	}
}

// Outlook returns what the backup would bring and replace.
func (r *restoration) Outlook() job.Restoration { return r.Restoration }

// PutInPlace replaces the state file by the backup and keeps the present file beside it:
// kept is its name, "" if there was none.
func (r *restoration) PutInPlace(ctx context.Context) (kept string, err error) {
	return r.ready.PutInPlace(ctx)
}

// Close removes the copy unless it was put in place.
func (r *restoration) Close() error { return r.ready.Close() }

// TakeAll takes every lock that was ever taken on the state file.
func (r *restoration) TakeAll(ctx context.Context) (release func(), err error) {
	held, err := takeAll(ctx, r.Path)
	return held.releaseAll, err
}

// holds are the locks of everybody who may be at work.
type holds []*sqlite.Lock

func (h holds) releaseAll() {
	for _, lock := range h {
		_ = lock.Release() // they end with the process in any case
	}
}

// takeAll takes every lock that was ever taken on the file at path.
func takeAll(ctx context.Context, path string) (taken holds, err error) {
	names, err := sqlite.LocksBeside(path)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		lock := sqlite.LockBeside(path, name)
		free, err := lock.Try()
		if err == nil && free {
			taken = append(taken, lock)
			continue
		}
		taken.releaseAll()
		if err != nil {
			return nil, diagnosis.Unusable(path, err)
		}
		return nil, locks.AtWork(holderOf(ctx, path, name))
	}
	return taken, nil
}

// holderOf returns who took a lock, in words, as far as the file says.
func holderOf(ctx context.Context, path, lock string) string {
	look, err := OpenReadOnly(ctx, path)
	if err != nil {
		return job.HeldLock{What: "unknown"}.String()
	}
	defer look.Close()
	return look.LockNamed(lock).Holder(ctx)
}
