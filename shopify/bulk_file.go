package shopify

import (
	"context"
	"errors"
	"hash/maphash"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// fetch reads the result of an operation, as often as it takes and helps: a
// broken transfer is tried as often as a request, a bad file once more. again is
// called before what was read is read again.
func (b *bulkDesk) fetch(ctx context.Context, d document, o *bulkOperation, lines resultLines, again func() error, progress func(roots int)) error {
	if o.URL == "" {
		return nil // nothing was found
	}
	pass := &pass{document: d, operation: o, lines: lines, progress: progress, turns: b.turnsOf(d), seed: maphash.MakeSeed(), temp: b.client.temp}
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
		if err := b.client.waitAfterError(ctx, err, backoff(bad+broken)); err != nil {
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
	lines := p.ahead(file)
	err = errors.Join(failpoint.Reach("download/opened"), p.read(ctx, lines))
	cancel()
	lines.stop()
	file.Close()
	return err
}

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
			now, err := b.client.bulkOperation(ctx, o.ID)
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
		}
		if f.fault = without(f.fault); failed >= f.remedy.tries() {
			return nil, f.fault
		}
		if err := b.client.waitAfter(ctx, f, anotherTry(f), max(f.wait, backoff(failed))); err != nil {
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
