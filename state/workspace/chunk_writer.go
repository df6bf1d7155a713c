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

// pendingBytes is how much a chunkWriter collects before it takes the write lock for a
// moment, so that long reads do not keep other stores waiting.
const pendingBytes = 2 << 20

// chunksWaiting is how many chunks may wait to be packed, so that neither the packing nor
// the reading waits for the other.
const chunksWaiting = 16

// chunkWriter packs and stores the chunks of one snapshot in the background. A chunk that
// is stored already is only referred to.
type chunkWriter struct {
	chunks *chunkStore
	ctx    context.Context
	run    string
	raw    chan rawChunk
	spare  chan []byte   // buffers to reuse
	ended  chan struct{} // closed when everything is stored or err is set
	err    error

	mu     sync.Mutex
	seq    map[string]int // chunks so far, by table
	closed bool
}

// rawChunk is a chunk that is not packed yet, with its place.
type rawChunk struct {
	chunks.RawChunk
	table string
	seq   int
}

func newChunkWriter(ctx context.Context, in *chunkStore, run string) *chunkWriter {
	p := &chunkWriter{
		chunks: in, ctx: ctx, run: run, seq: map[string]int{},
		raw: make(chan rawChunk, chunksWaiting), spare: make(chan []byte, chunksWaiting), ended: make(chan struct{}),
	}
	go p.packAndStore()
	return p
}

// putFrom passes on the chunk of a cutter, if it has one.
func (p *chunkWriter) putFrom(table string, from *chunks.Cutter) error {
	if from.IsEmpty() {
		return nil
	}
	return p.giveChunk(rawChunk{RawChunk: from.CutChunk(p.spareBuffer()), table: table, seq: p.nextSeq(table)})
}

func (p *chunkWriter) giveChunk(chunk rawChunk) error {
	select {
	case p.raw <- chunk:
		return nil
	case <-p.ctx.Done():
		return context.Cause(p.ctx)
	case <-p.ended:
		return p.err
	}
}

func (p *chunkWriter) nextSeq(table string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seq[table]++
	return p.seq[table] - 1
}

func (p *chunkWriter) spareBuffer() []byte {
	select {
	case buffer := <-p.spare:
		return buffer[:0]
	default:
		return nil
	}
}

// finishStoring waits until everything is stored. Nothing may be put any more.
func (p *chunkWriter) finishStoring() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.raw)
	}
	<-p.ended
	return p.err
}

// packAndStore packs chunks until there are no more, and stores them in another goroutine,
// because a commit waits for the disk.
func (p *chunkWriter) packAndStore() {
	defer close(p.ended)
	batches := make(chan []packedChunk)
	both, ctx := errgroup.WithContext(p.ctx)
	both.Go(func() error {
		defer close(batches)
		w := packer{chunkWriter: p, ctx: ctx, batches: batches}
		return w.packAll()
	})
	both.Go(func() error {
		for batch := range batches {
			if err := p.storeBatch(ctx, batch); err != nil {
				return err
			}
		}
		return nil
	})
	p.err = both.Wait()
}

// packer packs chunks, in one goroutine.
type packer struct {
	*chunkWriter
	ctx     context.Context
	batches chan<- []packedChunk
	packer  chunks.Packer
	pending []packedChunk
	size    int
}

// packedChunk is a chunk that is to be stored.
type packedChunk struct {
	rawChunk
	digest string
	data   []byte // nil if the chunk is stored already, though it may be pruned before it is referred to
}

func (w *packer) packAll() error {
	for {
		select {
		case chunk, more := <-w.raw:
			if !more {
				return w.sendPending()
			}
			if err := w.addChunk(chunk); err != nil {
				return err
			}
		case <-w.ctx.Done():
			return context.Cause(w.ctx)
		}
	}
}

func (w *packer) addChunk(chunk rawChunk) error {
	done, err := w.preparedChunk(chunk)
	if err != nil {
		return err
	}
	if w.pending = append(w.pending, done); w.size < pendingBytes {
		return nil
	}
	return w.sendPending()
}

// sendPending passes on the pending chunks to be stored.
func (w *packer) sendPending() error {
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

// preparedChunk packs a chunk unless it is stored already.
func (w *packer) preparedChunk(chunk rawChunk) (done packedChunk, err error) {
	done = packedChunk{rawChunk: chunk, digest: chunk.Digest()}
	stored, err := w.isStored(done)
	if err != nil || stored {
		w.size += len(chunk.Bytes) / 4
		return done, err
	}
	w.packChunk(&done)
	return done, nil
}

// isStored reports whether a chunk is stored already and intact. A chunk that is stored
// with other notes is stored again.
func (w *packer) isStored(c packedChunk) (bool, error) {
	var noted bool
	err := w.chunks.db.Statements().QueryRowContext(w.ctx, "SELECT last = ?2 AND records = ?3 AND in_stock = ?4 FROM chunks WHERE digest = ?1",
		[]byte(c.digest), c.Last, c.Records, c.InStock).Scan(&noted)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !noted {
		return false, nil
	}
	if err != nil || !w.chunks.doubts.Load() {
		return err == nil, w.chunks.db.Unusable(err)
	}
	there, err := w.chunks.readChunk(w.ctx, c.digest)
	return err == nil && there.IsRaw(c.RawChunk), nil
}

// packChunk packs the chunk and releases its buffer.
func (w *packer) packChunk(done *packedChunk) {
	done.data = w.packer.PackChunk(done.Bytes)
	w.size += len(done.data)
	w.reuseBuffer(done.Bytes)
	done.Bytes = nil
}

func (p *chunkWriter) reuseBuffer(buffer []byte) {
	select {
	case p.spare <- buffer:
	default:
	}
}

// storeBatch stores chunks in one transaction.
func (p *chunkWriter) storeBatch(ctx context.Context, batch []packedChunk) error {
	return p.chunks.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
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

func (p *chunkWriter) storeOne(ctx context.Context, tx *sql.Tx, c packedChunk) error {
	if c.data == nil {
		there, err := isStored(ctx, tx, c.digest)
		if there || err != nil {
			p.reuseBuffer(c.Bytes)
			return err
		}
		if c.Bytes == nil {
			return errPruned
		}
		c.data = new(chunks.Packer).PackChunk(c.Bytes)
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO chunks (digest, last, records, in_stock, sound, data) VALUES (?, ?, ?, ?, ?, ?)",
		[]byte(c.digest), c.Last, c.Records, c.InStock, c.Sound, c.data)
	return err
}

// errPruned means that somebody pruned a chunk that the new snapshot shares, which can only
// happen without the store's lock.
var errPruned = errors.New("a chunk of the snapshot before is gone")

func isStored(ctx context.Context, in engine.Querier, digest string) (bool, error) {
	var one int
	err := in.QueryRowContext(ctx, "SELECT 1 FROM chunks WHERE digest = ?", []byte(digest)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
