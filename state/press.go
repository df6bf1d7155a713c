package state

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// pendingBytes is how much a press gathers before it takes the write lock for a
// moment, so that long reads do not keep other stores waiting.
const pendingBytes = 2 << 20

// press compresses the chunks of one snapshot and stores them, beside whoever
// fills it. A chunk that is stored already is only referred to.
type press struct {
	db      *DB
	ctx     context.Context
	run     string
	raw     chan rawChunk
	spare   chan []byte // buffers to fill again
	ended   chan error
	failed  chan struct{} // closed once failure is set
	failure error

	mu     sync.Mutex
	seq    map[string]int // chunks so far, by table
	closed bool
	err    error
}

type rawChunk struct {
	packer
	table string
	seq   int
}

func newPress(ctx context.Context, db *DB, run string) *press {
	p := &press{
		db: db, ctx: ctx, run: run, seq: map[string]int{},
		raw: make(chan rawChunk, 4), spare: make(chan []byte, 8), ended: make(chan error, 1), failed: make(chan struct{}),
	}
	go func() { p.ended <- p.work() }()
	return p
}

// put takes over what a packer holds, if anything, and empties it.
func (p *press) put(table string, from *packer) error {
	if from.records == 0 {
		return nil
	}
	chunk := rawChunk{*from, table, p.next(table)}
	*from = packer{raw: p.buffer()}
	select {
	case p.raw <- chunk:
		return nil
	case <-p.ctx.Done():
		return context.Cause(p.ctx)
	case <-p.failed:
		return p.failure
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
		p.err = <-p.ended
	}
	return p.err
}

// work stores what comes until there is no more. After a failure it only takes
// what comes, so that nobody waits for it.
func (p *press) work() error {
	w := pressing{press: p}
	for chunk := range p.raw {
		if err := w.add(chunk); err != nil {
			p.failure = err
			close(p.failed)
			for range p.raw {
			}
			return err
		}
	}
	return p.db.update(p.ctx, w.flush)
}

// pressing is the work of one goroutine.
type pressing struct {
	*press
	encoder encoder
	pending []pressed
	size    int
}

type pressed struct {
	rawChunk
	digest [sha256.Size]byte
	data   []byte // nil for a chunk that was stored already; it may be pruned before it is referred to
}

func (w *pressing) add(chunk rawChunk) error {
	done := pressed{rawChunk: chunk, digest: chunk.digest()}
	stored, err := w.stored(done.digest[:])
	if err != nil {
		return err
	}
	if stored {
		w.size += len(chunk.raw) / 4
	} else {
		done.data = w.encoder.pack(chunk.raw)
		w.size += len(done.data)
		w.reuse(chunk.raw)
	}
	if w.pending = append(w.pending, done); w.size < pendingBytes {
		return nil
	}
	return w.db.update(w.ctx, w.flush)
}

// digest stands for the records and the table that they are of, because what is
// noted beside them hangs on both.
func (c rawChunk) digest() (sum [sha256.Size]byte) {
	hash := sha256.New()
	_, _ = io.WriteString(hash, c.table)
	_, _ = hash.Write([]byte{0})
	_, _ = hash.Write(c.raw)
	hash.Sum(sum[:0])
	return sum
}

func (w *pressing) reuse(buffer []byte) {
	select {
	case w.spare <- buffer:
	default:
	}
}

func (w *pressing) stored(digest []byte) (bool, error) {
	var one int
	err := w.db.often.QueryRowContext(w.ctx, "SELECT 1 FROM chunks WHERE digest = ?", digest).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, unusable(w.db.path, err)
}

func (w *pressing) flush(tx *sql.Tx, _ time.Time) error {
	for _, c := range w.pending {
		if err := w.store(tx, c); err != nil {
			return err
		}
		if _, err := tx.ExecContext(w.ctx, "INSERT INTO snapshot_chunks (snapshot, resource, seq, digest) VALUES (?, ?, ?, ?)",
			w.run, c.table, c.seq, c.digest[:]); err != nil {
			return err
		}
	}
	w.pending, w.size = nil, 0
	return failpoint.Reach("stage/chunks")
}

func (w *pressing) store(tx *sql.Tx, c pressed) error {
	if c.data == nil {
		var one int
		err := tx.QueryRowContext(w.ctx, "SELECT 1 FROM chunks WHERE digest = ?", c.digest[:]).Scan(&one)
		if !errors.Is(err, sql.ErrNoRows) {
			w.reuse(c.raw)
			return err
		}
		c.data = w.encoder.pack(c.raw)
	}
	_, err := tx.ExecContext(w.ctx, "INSERT OR IGNORE INTO chunks (digest, last, records, in_stock, sound, data) VALUES (?, ?, ?, ?, ?, ?)",
		c.digest[:], c.last, c.records, c.inStock, !c.unsound, c.data)
	return err
}
