package shopify

import (
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// resultLines takes the lines of one kind of result.
type resultLines interface {
	// begin is called before the first line of each pass.
	begin()
	// take decodes a line and gives it on. It tells which record the line is. An
	// error that wraps errBadLine is about the line.
	take(line []byte, number int) (mark, error)
}

// errBadLine marks a line that is not what it should be.
var errBadLine = errors.New("cannot be read")

// fetch reads the result of an operation, as often as it takes and helps: a
// broken transfer is tried as often as a request, a bad file once more. again is
// called before what was read is read again.
func (b *bulkDesk) fetch(ctx context.Context, d document, o *bulkOperation, lines resultLines, again func() error, progress func(lines int)) error {
	if o.URL == "" {
		return nil // nothing was found
	}
	pass := &pass{document: d, operation: o, lines: lines, progress: progress, seed: maphash.MakeSeed()}
	for bad, broken := 0, 0; ; {
		err := b.once(ctx, pass)
		switch {
		case err == nil || ctx.Err() != nil:
			return err
		case errors.Is(err, errBadFile):
			if bad++; bad == 2 {
				return err
			}
		case errors.Is(err, errBroken):
			if broken++; broken == shaky.tries() {
				return err
			}
		default:
			return err
		}
		if err := b.client.pause(ctx, backoff(bad+broken)); err != nil {
			return err
		}
		if err := again(); err != nil {
			return err
		}
	}
}

// once opens the file and reads it to its end.
func (b *bulkDesk) once(ctx context.Context, p *pass) error {
	ctx, cancel := context.WithCancel(ctx)
	file, err := b.open(ctx, p.operation)
	if err != nil {
		cancel()
		return err
	}
	text, arrived := ahead(file)
	err = errors.Join(failpoint.Reach("download/opened"), p.read(ctx, text))
	cancel()
	text.Close()
	<-arrived
	file.Close()
	return err
}

// ahead fetches and unpacks a file while what came before is decoded. Nothing is
// fetched any more when arrived is closed.
func ahead(file io.Reader) (text *io.PipeReader, arrived chan struct{}) {
	text, to := io.Pipe()
	arrived = make(chan struct{})
	go func() {
		defer close(arrived)
		from, err := unpacked(file)
		if err == nil {
			_, err = io.CopyBuffer(to, onlyReader{from}, make([]byte, lineBuffer))
		}
		to.CloseWithError(err) // nil means io.EOF
	}()
	return text, arrived
}

// onlyReader hides that a reader can write itself, a little at a time.
type onlyReader struct{ io.Reader }

// open begins the transfer of a result, whose address may have to be asked for
// anew.
func (b *bulkDesk) open(ctx context.Context, o *bulkOperation) (*transfer, error) {
	for failed := 1; ; failed++ {
		file, err := b.openOnce(ctx, o.URL)
		var f *failure
		switch {
		case err == nil:
			return file, nil
		case errors.Is(err, errGone) && failed == 1:
			now, err := b.poll(ctx, o.ID)
			if err != nil {
				return nil, err
			}
			if now == nil || now.URL == "" {
				return nil, bulkEnded(b.client.domain, "EXPIRED", "")
			}
			o.URL = now.URL
			continue
		case !errors.As(err, &f):
			return nil, err
		case failed >= f.patient.tries():
			return nil, without(f.fault)
		}
		if err := b.client.pause(ctx, max(f.wait, backoff(failed))); err != nil {
			return nil, err
		}
	}
}

func (b *bulkDesk) openOnce(ctx context.Context, signed string) (*transfer, error) {
	address, err := b.client.site.fileAddress(signed)
	if err != nil {
		return nil, err
	}
	return openFile(ctx, b.client, address)
}

// pass reads a result from its first line to its last and holds it against what
// the shop said about it.
type pass struct {
	document  document
	operation *bulkOperation
	lines     resultLines
	progress  func(lines int)

	doubled map[mark]uint64 // what the pass before found twice, with a hash of the first line
	seed    maphash.Seed
	changed int // records that came twice with different content
}

const (
	betweenFigures = 2000 // lines come between two reports of progress
	sparseLines    = 1000 // empty lines are of no account
)

func (p *pass) read(ctx context.Context, text io.Reader) error {
	in := newLineReader(text, longestLine)
	seen := newDoubles()
	defer seen.Close()
	p.lines.begin()
	lines, roots := 0, 0
	for {
		line, whole, err := in.next()
		switch {
		case err == io.EOF:
			return p.compare(lines, roots, seen)
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err == errLongLine:
			return badLine(p.document, in.number, "is longer than %d MB", in.limit>>20)
		case err != nil:
			return p.cut(in.number, err)
		case in.number > 2*int(p.operation.ObjectCount)+sparseLines: // nobody waits for the end of endless files
			return badFile(p.document, "goes on after line %d, but the shop counted %d", in.number, p.operation.ObjectCount)
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		which, err := p.lines.take(line, in.number)
		switch {
		case errors.Is(err, errBadLine) && !whole:
			return badLine(p.document, in.number, "is cut off")
		case errors.Is(err, errBadLine):
			return badLine(p.document, in.number, "%s", quoted(err.Error()))
		case err != nil:
			return err
		}
		if err := p.known(which, line, in.number); err != nil {
			return err
		}
		if err := seen.add(which); err != nil {
			return err
		}
		if err := failpoint.Reach("download/line"); err != nil {
			return err
		}
		if lines++; which.parent == 0 {
			roots++
		}
		if lines%betweenFigures == 0 {
			p.progress(lines)
		}
	}
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
func (p *pass) known(which mark, line []byte, number int) error {
	first, suspect := p.doubled[which]
	if !suspect {
		return nil
	}
	now := maphash.Bytes(p.seed, line)
	switch first {
	case 0:
		p.doubled[which] = now
		return nil
	case now:
		return badLine(p.document, number, "is doubled")
	}
	p.changed++
	return nil
}

// compare holds a whole file against what the shop counted.
func (p *pass) compare(lines, roots int, seen *doubles) error {
	p.progress(lines)
	twice, err := seen.all()
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
	case lines < int(said.ObjectCount):
		return badFile(p.document, "ends after line %d, but the shop counted %d", lines, said.ObjectCount)
	case lines > int(said.ObjectCount):
		return badFile(p.document, "has %d lines, but the shop counted %d", lines, said.ObjectCount)
	case roots != int(said.RootObjectCount):
		return badFile(p.document, "has %d lines without a parent, but the shop counted %d", roots, said.RootObjectCount)
	case len(twice) > 0 && !explained:
		return badFile(p.document, "has %d records twice", len(twice))
	}
	return failpoint.Reach("download/whole")
}
