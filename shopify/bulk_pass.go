package shopify

import (
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/connector/scratch"
)

// resultLines takes the lines of one kind of result.
type resultLines interface {
	// begin is called before the first line of each pass.
	begin()
	// take decodes a line and gives it on. It tells which record the line is. An
	// error that wraps errBadLine is about the line.
	take(l line) (mark, error)
}

// errBadLine marks a line that is not what it should be.
var errBadLine = errors.New("cannot be read")

// pass reads a result from its first line to its last and holds it against what
// the shop said about it.
type pass struct {
	document  document
	operation *bulkOperation
	lines     resultLines
	progress  func(roots int)
	turns     turns
	temp      scratch.Folder

	all, roots int // lines
	unnamed    int // of the roots, those that have no id of their kind
	seen       *doubles

	doubled map[mark]uint64 // what the pass before found twice, with a hash of the first line
	seed    maphash.Seed
	changed int // records that came twice with different content
}

const (
	betweenFigures = 2000 // lines come between two reports of progress
	sparseLines    = 1000 // empty lines are of no account
)

func (p *pass) read(ctx context.Context, lines *linesAhead) error {
	p.all, p.roots, p.unnamed, p.seen = 0, 0, 0, newDoubles(p.temp)
	defer p.seen.Close()
	for {
		some := <-lines.batches // the last one has an error
		if err := p.turns.take(func() error { return p.some(ctx, some) }); err != nil {
			return err
		}
		switch {
		case some.err == io.EOF:
			return p.compare()
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case some.err == errLongLine:
			return badLine(p.document, some.number, "is longer than %d MB", longestLine>>20)
		case some.err != nil:
			return p.cut(some.number, some.err)
		}
	}
}

func (p *pass) some(ctx context.Context, some *someLines) error {
	for _, l := range some.lines {
		if err := p.next(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) next(ctx context.Context, l line) error {
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case l.number > 2*int(p.operation.ObjectCount)+sparseLines: // nobody waits for the end of endless files
		return badFile(p.document, "goes on after line %d, but the shop counted %d", l.number, p.operation.ObjectCount)
	}
	return p.take(l)
}

// take takes a line, unless nothing stands in it.
func (p *pass) take(l line) error {
	if len(bytes.TrimSpace(l.text)) == 0 {
		return nil
	}
	which, err := p.lines.take(l)
	switch {
	case errors.Is(err, errBadLine) && !l.whole:
		return badLine(p.document, l.number, "is cut off")
	case errors.Is(err, errBadLine):
		return badLine(p.document, l.number, "%s", quoted(err.Error()))
	case err != nil:
		return err
	}
	if which.id != 0 { // what has no id is never the same
		if err := errors.Join(p.known(which, l), p.seen.add(which)); err != nil {
			return err
		}
	}
	if p.all++; which.parent == 0 {
		p.roots++
	}
	if which == (mark{}) {
		p.unnamed++
	}
	if p.all%betweenFigures == 0 {
		p.progress(p.roots)
	}
	return failpoint.Reach("download/line")
}

// cut words what ended a transfer in the middle.
func (p *pass) cut(number int, err error) error {
	var fault *connector.Fault
	switch {
	case errors.As(err, &fault):
		return err
	case errors.Is(err, errBroken):
		f := incoherent("the transfer of the bulk result %s broke off after line %d", p.document.name(), number-1)
		f.Code, f.Err = connector.Network, errBroken
		f.Hint = "check the network, then try again; the operation is remembered and its result fetched once more"
		return f
	}
	return badLine(p.document, number, "cannot be unpacked: %s", quoted(err.Error())) // the compressed file is damaged
}

// known compares a line whose record came twice in the pass before: the very
// same line is one too many, another one is a change while the shop was read.
func (p *pass) known(which mark, l line) error {
	first, suspect := p.doubled[which]
	if !suspect {
		return nil
	}
	now := maphash.Bytes(p.seed, l.text)
	switch first {
	case 0:
		p.doubled[which] = now
		return nil
	case now:
		return badLine(p.document, l.number, "is doubled")
	}
	p.changed++
	return nil
}

// compare holds a whole file against what the shop counted.
func (p *pass) compare() error {
	p.progress(p.roots)
	twice, err := p.seen.all()
	if err != nil {
		return err
	}
	explained := len(twice) > 0 && p.doubled != nil && p.changed >= len(twice)
	p.changed = 0
	if len(twice) > 0 && !explained {
		p.doubled = map[mark]uint64{}
		for _, m := range twice {
			p.doubled[m] = 0
		}
	}
	said := p.operation
	switch {
	case p.all < int(said.ObjectCount):
		return badFile(p.document, "ends after line %d, but the shop counted %d", p.all, said.ObjectCount)
	case p.all > int(said.ObjectCount):
		return badFile(p.document, "has %d lines, but the shop counted %d", p.all, said.ObjectCount)
	case p.roots != int(said.RootObjectCount):
		return badFile(p.document, "has %d lines without a parent, but the shop counted %d", p.roots, said.RootObjectCount)
	case p.unnamed > 1 && p.unnamed == p.roots:
		return badFile(p.document, "holds no record of its kind among %d", p.roots)
	case len(twice) > 0 && !explained:
		return badFile(p.document, "has %d records twice", len(twice))
	}
	return failpoint.Reach("download/whole")
}
