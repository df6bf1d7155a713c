package bulk

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// How often a result is downloaded at most.
const (
	badTries    = 2 // where the file turns out not to be whole
	brokenTries = 6 // where the transfer breaks off
)

// downloadResult downloads the result of an operation, again where that may help.
func (d *Desk) downloadResult(ctx context.Context, l List, o *Operation) (*Result, error) {
	if o.URL == "" { // the shop found nothing
		return &Result{Digest: digestOf(d.beginDigest(l, o))}, nil
	}
	for bad, broken := 0, 0; ; {
		result, err := d.downloadOnce(ctx, l, o)
		switch {
		case err == nil || ctx.Err() != nil:
			return result, err
		case errors.Is(err, ErrBad):
			bad++
		case errors.Is(err, ErrBroken):
			broken++
		default:
			return nil, err
		}
		if bad == badTries || broken == brokenTries {
			return nil, err
		}
		if err := d.shop.WaitAgain(ctx, err, bad+broken); err != nil {
			return nil, err
		}
	}
}

func (d *Desk) downloadOnce(ctx context.Context, l List, o *Operation) (*Result, error) {
	result, err := d.transferResult(ctx, l, o)
	if err == nil && (l.Known == nil || !l.Known(result.Digest)) {
		err = verifyResult(ctx, l, o, result, d.newSorter())
	}
	if err != nil {
		result.Close()
		return nil, err
	}
	return result, nil
}

// transferResult downloads the whole text of a result into a file.
func (d *Desk) transferResult(ctx context.Context, l List, o *Operation) (*Result, error) {
	from, err := d.shop.OpenResult(ctx, o)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	if err := failpoint.Reach("download/opened"); err != nil {
		return nil, err
	}
	file, err := d.temp.Create()
	if err != nil {
		return nil, err
	}
	to := &arrival{list: l, operation: o, file: bufio.NewWriterSize(file, lineBuffer), digest: d.beginDigest(l, o)}
	text, err := unpackedText(from)
	if err != nil {
		err = to.cutOff(err)
	} else {
		err = to.copyText(text)
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return &Result{file: file, Digest: digestOf(to.digest)}, err
}

// beginDigest begins the digest of a result with what was asked for and what the shop
// counted.
func (d *Desk) beginDigest(l List, o *Operation) hash.Hash {
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, d.shop.QueryText(l.Query), o.Objects, o.Roots) // never fails
	return sum
}

func digestOf(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// unpackedText returns the text of a file that may be compressed with gzip. Its first bytes
// say which: JSON never begins with these.
func unpackedText(file io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(file, lineBuffer)
	if head, _ := buffered.Peek(2); string(head) != "\x1f\x8b" { // an error of Peek is returned by the next Read
		return buffered, nil
	}
	return gzip.NewReader(buffered)
}

// arrival writes the text of a result into a file while it arrives.
type arrival struct {
	list      List
	operation *Operation
	file      *bufio.Writer
	digest    hash.Hash

	lines int // that have arrived whole
	rest  int // bytes of the next line that have arrived
}

// spareLines is how many lines a file may have beyond twice those that the shop counted, all
// of them empty. A longer file is not read to its end.
const spareLines = 1000

func (a *arrival) copyText(text io.Reader) error {
	for buffer := make([]byte, lineBuffer); ; {
		n, failed := text.Read(buffer)
		if err := a.takeBytes(buffer[:n]); err != nil {
			return err
		}
		switch {
		case failed == io.EOF:
			return a.file.Flush()
		case failed != nil:
			return a.cutOff(failed)
		}
	}
}

// takeBytes writes the next bytes. It fails where a line or the file is too long, so that an
// endless file ends.
func (a *arrival) takeBytes(text []byte) error {
	if _, err := a.file.Write(text); err != nil {
		return err
	}
	_, _ = a.digest.Write(text) // never fails
	first, _, ends := bytes.Cut(text, newline)
	if a.rest += len(first); a.rest > longestLine {
		return &BadFile{a.list.Name, a.lines + 1, fmt.Sprintf("is longer than %d MB", longestLine>>20)}
	}
	if ends {
		a.lines += bytes.Count(text, newline)
		a.rest = len(text) - bytes.LastIndex(text, newline) - len(newline)
	}
	all := a.operation.Objects
	if a.lines > 2*all+spareLines {
		return &BadFile{a.list.Name, 0, fmt.Sprintf("goes on after line %d, but the shop counted %d", a.lines, all)}
	}
	// How many of the lines are roots is not known before they are decoded.
	a.list.Downloaded(a.operation.Roots*min(a.lines, all)/max(all, 1), a.operation.Roots)
	return nil
}

var newline = []byte("\n")

// cutOff returns the error for a transfer that ended early.
func (a *arrival) cutOff(err error) error {
	var fault *connector.Fault
	switch {
	case errors.As(err, &fault):
		return err
	case errors.Is(err, ErrBroken):
		return &BrokenTransfer{a.list.Name, a.lines}
	}
	return &BadFile{a.list.Name, a.lines + 1, "cannot be unpacked: " + err.Error()} // the compressed file is damaged
}
