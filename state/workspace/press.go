package workspace

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/engine"
)

// pendingBytes is how much a press gathers before it takes the write lock for a
// moment, so that long reads do not keep other stores waiting.
const pendingBytes = 2 << 20

// chunksWaiting is how many chunks may wait for a press, so that it has work when
// whoever fills it has none, and the other way round.
const chunksWaiting = 16

// press compresses the chunks of one snapshot and stores them, beside whoever
// fills it. A chunk that is stored already is only referred to.
type press struct {
	space *Workspace
	ctx   context.Context
	run   string
	raw   chan rawChunk
	spare chan []byte   // buffers to fill again
	ended chan struct{} // closed once all is stored, or err is set
	err   error

	mu     sync.Mutex
	seq    map[string]int // chunks so far, by table
	closed bool
}

type rawChunk struct {
	chunks.Raw
	table string
	seq   int
}

func newPress(ctx context.Context, space *Workspace, run string) *press {
	p := &press{
		space: space, ctx: ctx, run: run, seq: map[string]int{},
		raw: make(chan rawChunk, chunksWaiting), spare: make(chan []byte, chunksWaiting), ended: make(chan struct{}),
	}
	go p.work()
	return p
}

// put takes over what a cutter holds, if anything.
func (p *press) put(table string, from *chunks.Cutter) error {
	if from.Empty() {
		return nil
	}
	return p.give(rawChunk{Raw: from.Cut(p.buffer()), table: table, seq: p.next(table)})
}

func (p *press) give(chunk rawChunk) error {
	select {
	case p.raw <- chunk:
		return nil
	case <-p.ctx.Done():
		return context.Cause(p.ctx)
	case <-p.ended:
		return p.err
	}
}

func (p *press) next(table string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seq[table]++
	return p.seq[table] - 1
}

func (p *press) buffer() []byte {
	select {
	case buffer := <-p.spare:
		return buffer[:0]
	default:
		return nil
	}
}

// close waits until everything is stored. Nothing may be put any more.
func (p *press) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.raw)
	}
	<-p.ended
	return p.err
}

// work packs what comes until there is no more, and stores it beside that: a
// commit waits for the disk.
func (p *press) work() {
	defer close(p.ended)
	batches := make(chan []pressed)
	both, ctx := errgroup.WithContext(p.ctx)
	both.Go(func() error {
		defer close(batches)
		w := pressing{press: p, ctx: ctx, batches: batches}
		return w.all()
	})
	both.Go(func() error {
		for batch := range batches {
			if err := p.store(ctx, batch); err != nil {
				return err
			}
		}
		return nil
	})
	p.err = both.Wait()
}

// pressing is the packing, by one goroutine.
type pressing struct {
	*press
	ctx     context.Context
	batches chan<- []pressed
	packer  chunks.Packer
	pending []pressed
	size    int
}

type pressed struct {
	rawChunk
	digest string
	data   []byte // nil for a chunk that was stored already; it may be pruned before it is referred to
}

func (w *pressing) all() error {
	for {
		select {
		case chunk, more := <-w.raw:
			if !more {
				return w.send()
			}
			if err := w.add(chunk); err != nil {
				return err
			}
		case <-w.ctx.Done():
			return context.Cause(w.ctx)
		}
	}
}

func (w *pressing) add(chunk rawChunk) error {
	done, err := w.made(chunk)
	if err != nil {
		return err
	}
	if w.pending = append(w.pending, done); w.size < pendingBytes {
		return nil
	}
	return w.send()
}

// send lets what is pending be stored.
func (w *pressing) send() error {
	if len(w.pending) == 0 {
		return nil
	}
	select {
	case w.batches <- w.pending:
		w.pending, w.size = nil, 0
		return nil
	case <-w.ctx.Done():
		return context.Cause(w.ctx)
	}
}

// made makes of records what is to be stored.
func (w *pressing) made(chunk rawChunk) (done pressed, err error) {
	done = pressed{rawChunk: chunk, digest: chunk.Digest()}
	stored, err := w.stored(done)
	if err != nil || stored {
		w.size += len(chunk.Bytes) / 4
		return done, err
	}
	w.pack(&done)
	return done, nil
}

// stored reports whether a chunk is stored already, as it should be. Of one that is not,
// nothing must be shared: it is stored anew.
func (w *pressing) stored(c pressed) (bool, error) {
	var noted bool
	err := w.space.db.Often().QueryRowContext(w.ctx, "SELECT last = ?2 AND records = ?3 AND in_stock = ?4 FROM chunks WHERE digest = ?1",
		[]byte(c.digest), c.Last, c.Records, c.InStock).Scan(&noted)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !noted {
		return false, nil
	}
	if err != nil || !w.space.doubts.Load() {
		return err == nil, w.space.db.Unusable(err)
	}
	there, err := w.space.stored(w.ctx, c.digest)
	return err == nil && there.Holds(c.Raw), nil
}

// pack packs what the chunk holds.
func (w *pressing) pack(done *pressed) {
	done.data = w.packer.Pack(done.Bytes)
	w.size += len(done.data)
	w.reuse(done.Bytes)
	done.Bytes = nil
}

func (p *press) reuse(buffer []byte) {
	select {
	case p.spare <- buffer:
	default:
	}
}

// store stores a batch in one transaction.
func (p *press) store(ctx context.Context, batch []pressed) error {
	return p.space.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		for _, c := range batch {
			if err := p.storeOne(ctx, tx, c); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO snapshot_chunks (snapshot, resource, seq, digest) VALUES (?, ?, ?, ?)",
				p.run, c.table, c.seq, []byte(c.digest)); err != nil {
				return err
			}
		}
		return failpoint.Reach("stage/chunks")
	})
}

func (p *press) storeOne(ctx context.Context, tx *sql.Tx, c pressed) error {
	if c.data == nil {
		there, err := isStored(ctx, tx, c.digest)
		if there || err != nil {
			p.reuse(c.Bytes)
			return err
		}
		if c.Bytes == nil {
			return errPruned
		}
		c.data = new(chunks.Packer).Pack(c.Bytes)
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO chunks (digest, last, records, in_stock, sound, data) VALUES (?, ?, ?, ?, ?, ?)",
		[]byte(c.digest), c.Last, c.Records, c.InStock, c.Sound, c.data)
	return err
}

// errPruned means that somebody pruned the snapshot that a new one was to follow
// from, which only happens without the store's lock.
var errPruned = errors.New("a chunk of the snapshot before is gone")

func isStored(ctx context.Context, in engine.Querier, digest string) (bool, error) {
	var one int
	err := in.QueryRowContext(ctx, "SELECT 1 FROM chunks WHERE digest = ?", []byte(digest)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
