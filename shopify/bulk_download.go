package shopify

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

// result is the result of a bulk operation, verified, in a temporary file.
type result struct {
	document document
	file     *os.File // nil: nothing was found
}

// each gives the lines in which something stands.
func (f *result) each(ctx context.Context, take func(line) error) error {
	if f.file == nil {
		return nil
	}
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	lines := newLineReader(f.file, longestLine)
	for {
		l, err := lines.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case l.empty():
			continue
		}
		if err := take(l); err != nil {
			return err
		}
	}
}

// Close drops the file.
func (f *result) Close() {
	if f == nil || f.file == nil {
		return
	}
	_ = f.file.Close()           // it is not needed any more
	_ = os.Remove(f.file.Name()) // where it could not be removed before
}

// download brings the result of an operation, as often as it takes and helps: a broken
// transfer is tried as often as a request, a bad file once more.
func (b *bulkDesk) download(ctx context.Context, l flatList, o *bulkOperation, intake importer.Intake, progress func(roots int)) (*result, error) {
	if o.URL == "" {
		return &result{document: l.document}, nil
	}
	for bad, broken := 0, 0; ; {
		file, err := b.downloadOnce(ctx, o, newVerification(l, o, newIdentities(intake), progress))
		switch {
		case err == nil || ctx.Err() != nil:
			return file, err
		case errors.Is(err, errBadFile):
			if bad++; bad == 2 {
				return nil, err
			}
		case errors.Is(err, errBroken):
			if broken++; broken == shaky.tries() {
				return nil, err
			}
		default:
			return nil, err
		}
		if err := b.client.waitAfterError(ctx, err, backoff(bad+broken)); err != nil {
			return nil, err
		}
	}
}

// downloadOnce brings the lines into a file while they are verified.
func (b *bulkDesk) downloadOnce(ctx context.Context, o *bulkOperation, v *verification) (*result, error) {
	defer v.seen.Close()
	from, err := b.open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	file, err := b.client.temp.Create()
	if err != nil {
		return nil, err
	}
	kept := &result{v.list.document, file}
	to := bufio.NewWriterSize(file, lineBuffer)
	if err = failpoint.Reach("download/opened"); err == nil {
		err = v.copy(ctx, to, from)
	}
	if err == nil {
		err = to.Flush()
	}
	if err != nil {
		kept.Close()
		return nil, err
	}
	return kept, nil
}

// copy copies all lines and verifies them.
func (v *verification) copy(ctx context.Context, to *bufio.Writer, from io.Reader) error {
	text, err := unpacked(from)
	if err != nil {
		return v.cut(1, err)
	}
	for lines := newLineReader(text, longestLine); ; {
		l, err := lines.next()
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err == io.EOF:
			return v.end()
		case err != nil:
			return v.cut(lines.number, err)
		}
		if err := v.line(l); err != nil {
			return err
		}
		_, _ = to.Write(l.text) // an error comes again
		if err := to.WriteByte('\n'); err != nil {
			return err
		}
	}
}

// cut words what ended a transfer in the middle.
func (v *verification) cut(number int, err error) error {
	var fault *connector.Fault
	switch {
	case errors.As(err, &fault):
		return err
	case errors.Is(err, errLongLine):
		return badLine(v.list.document, number, "is longer than %d MB", longestLine>>20)
	case errors.Is(err, errBroken):
		f := incoherent("the transfer of the bulk result %s broke off after line %d", v.list.document.name(), number-1)
		f.Code, f.Err = connector.Network, errBroken
		f.Hint = "check the network, then try again; the operation is remembered and its result fetched once more"
		return f
	}
	return badLine(v.list.document, number, "cannot be unpacked: %s", quoted(err.Error())) // the compressed file is damaged
}
