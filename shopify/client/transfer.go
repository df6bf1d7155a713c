package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/site"
)

// transfer reads a result file. A transfer that breaks off is continued if the server allows
// it; otherwise reading fails with errBroken, and the file has to be read from its beginning.
type transfer struct {
	ctx     context.Context
	client  *Client
	address *url.URL

	body   io.ReadCloser
	at     int64  // bytes that were read
	total  int64  // bytes of the file; -1 when the server does not say
	tag    string // ETag of the file
	failed int    // attempts since the last byte came
	slow   int    // connections that were given up because they were too slow
}

// Causes of failed transfers. ErrNoFile is in those after which pages may help.
var (
	ErrNoFile = errors.New("the result cannot be had")
	errBroken = fmt.Errorf("%w: %w", bulk.ErrBroken, ErrNoFile)
	errGone   = errors.New("the address is no longer good") // it may be asked for anew

	errUntrusted = fmt.Errorf("an address that Shopify does not use: %w", bulk.ErrUseless)
)

// openFile begins a transfer.
func openFile(ctx context.Context, client *Client, address *url.URL) (*transfer, error) {
	t := &transfer{ctx: ctx, client: client, address: address, total: -1}
	response, err := t.requestRest()
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		defer response.Body.Close()
		return nil, t.wordRefusal(response)
	}
	t.body, t.total, t.tag = response.Body, response.ContentLength, response.Header.Get("ETag")
	return t, nil
}

// requestRest asks for what is missing of the file. It sets Accept-Encoding itself, so that
// net/http does not unpack the file: a transfer can only be continued at a number of bytes as
// they were sent.
func (t *transfer) requestRest() (*http.Response, error) {
	request, err := http.NewRequestWithContext(t.ctx, http.MethodGet, t.address.String(), nil)
	if err != nil {
		return nil, errUntrusted // the error would hold the address
	}
	request.Header.Set("Accept-Encoding", "gzip")
	if t.at > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", t.at))
	}
	response, err := t.client.files.Do(request)
	switch {
	case t.ctx.Err() != nil:
		return nil, context.Cause(t.ctx)
	case err != nil:
		return nil, unreachableFailure(t.address.Host, err)
	}
	return response, nil
}

// wordRefusal words the answer of a server that does not send the file.
func (t *transfer) wordRefusal(response *http.Response) error {
	status := response.StatusCode
	fault := &connector.Fault{Code: connector.ProviderFault, Next: connector.Advice("try again"), Err: ErrNoFile}
	switch {
	case status >= 300 && status < 400:
		fault.Message = fmt.Sprintf("%s sends the transfer of a bulk result on to %s; it was not followed",
			t.address.Host, locationHost(response.Header))
	case slices.Contains([]int{400, 401, 403, 404, 410}, status):
		fault.Message = fmt.Sprintf("%s does not give out the result of a bulk operation (status %d)", t.address.Host, status)
		fault.Err = errors.Join(errGone, bulk.ErrOnceMore)
	default:
		return statusInWords(t.address.Host, status, response.Header, nil)
	}
	return fault
}

// Read reads the bytes of the file. It continues a transfer that breaks off.
func (t *transfer) Read(p []byte) (int, error) {
	for {
		n, err := t.body.Read(p)
		t.at += int64(n)
		switch {
		case n > 0:
			t.failed = 0
			t.client.site.Patience().Moved()
			return n, nil // the next Read returns the error again
		case err == nil:
			return 0, nil
		case errors.Is(err, site.ErrDripping):
			if t.slow++; t.slow == odd.mostTries() {
				return 0, withCause(unreachableFailure(t.address.Host, err).fault, ErrNoFile)
			}
		case err == io.EOF && (t.total < 0 || t.at == t.total):
			return 0, io.EOF
		}
		if err := t.resumeTransfer(err); err != nil {
			return 0, err
		}
	}
}

// resumeTransfer asks for the rest of the file after a pause, again and again. Only an answer
// with exactly the rest of the same file will do. Its size and its tag say which file it is; a
// server need not say the size of what it compresses, but then it must send a tag.
func (t *transfer) resumeTransfer(why error) error {
	t.body.Close()
	if why == io.EOF {
		why = io.ErrUnexpectedEOF
	}
	f := unreachableFailure(t.address.Host, why)
	for {
		if t.failed++; f.remedy == final {
			return withCause(f.fault, ErrNoFile)
		}
		if t.failed >= f.remedy.mostTries() || t.total < 0 && t.tag == "" {
			return errBroken
		}
		if err := t.client.waits.waitAfter(t.ctx, f, anotherTry(f), max(f.wait, backoffAfter(t.failed))); err != nil {
			return err
		}
		response, err := t.requestRest()
		if t.ctx.Err() != nil {
			return context.Cause(t.ctx)
		}
		if err != nil {
			f = asFailure(t.address.Host, err)
			continue
		}
		if t.isContinuation(response) {
			t.body = response.Body
			return nil
		}
		response.Body.Close()
		f = statusInWords(t.address.Host, response.StatusCode, response.Header, nil)
		if response.StatusCode < 500 && f.remedy != throttled {
			return errBroken
		}
	}
}

// isContinuation reports whether an answer holds the rest of the file.
func (t *transfer) isContinuation(response *http.Response) bool {
	from, total, ok := contentRange(response.Header.Get("Content-Range"))
	if response.StatusCode != http.StatusPartialContent || !ok || from != t.at || response.Header.Get("ETag") != t.tag {
		return false
	}
	if t.total < 0 {
		t.total = total
	}
	return total == t.total
}

// contentRange parses the header "bytes FROM-TO/TOTAL".
func contentRange(text string) (from, total int64, ok bool) {
	text, isBytes := strings.CutPrefix(text, "bytes ")
	part, size, _ := strings.Cut(text, "/")
	first, _, _ := strings.Cut(part, "-")
	from, err := strconv.ParseInt(first, 10, 64)
	total, sizeErr := strconv.ParseInt(size, 10, 64)
	return from, total, isBytes && err == nil && sizeErr == nil
}

// Close ends the transfer.
func (t *transfer) Close() error { return t.body.Close() }
