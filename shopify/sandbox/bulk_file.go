package sandbox

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

const bulkFilePath = "/bulk-operation-outputs/"

// bulkFile is the result of an operation.
type bulkFile struct {
	file *os.File
	size int64

	packing sync.Once
	packed  *bulkFile // compressed, made when it is asked for
}

func (f *bulkFile) content() io.ReadSeeker { return io.NewSectionReader(f.file, 0, f.size) }

// compressed is the file as gzip.
func (f *bulkFile) compressed() (io.ReadSeeker, error) {
	var err error
	f.packing.Do(func() { f.packed, err = packed(f.content()) })
	if err != nil || f.packed == nil {
		return nil, err
	}
	return f.packed.content(), nil
}

func packed(content io.Reader) (*bulkFile, error) {
	file, err := newSpool()
	if err != nil {
		return nil, err
	}
	to, _ := gzip.NewWriterLevel(file, gzip.BestSpeed) // the level is one that there is
	if _, err := io.Copy(to, content); err != nil {
		return nil, err
	}
	if err := to.Close(); err != nil {
		return nil, err
	}
	size, err := file.Seek(0, io.SeekEnd)
	return &bulkFile{file: file, size: size}, err
}

// bulkFile serves a result. As at Shopify the address is the key; a request that carries an access token is
// refused, since it gives the token away.
func (s *Server) bulkFile(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseInt(strings.TrimSuffix(r.PathValue("file"), ".jsonl"), 10, 64)
	if err != nil {
		notFound(w, r)
		return
	}
	o := s.finished(number, r.URL.Query().Get("Signature"))
	if o == nil || r.Header.Get("X-Shopify-Access-Token") != "" {
		http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
		return
	}
	content, err := o.served(w.Header(), strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"))
	if err != nil {
		http.Error(w, "<Error><Code>InternalError</Code></Error>", http.StatusInternalServerError)
		return
	}
	if o.settings.NoRange {
		r.Header.Del("Range")
	}
	w.Header().Set("Content-Type", "application/jsonl")
	w.Header().Set("ETag", `"`+o.signature+`"`)
	if r.Header.Get("Range") == "" { // which ServeContent leaves out when the content is encoded
		size, _ := content.Seek(0, io.SeekEnd) // of a section or of memory; it cannot fail
		w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	}
	http.ServeContent(w, r, "", time.Time{}, content)
}

// served is what is sent of an operation's file.
func (o *bulkOperation) served(header http.Header, acceptsGzip bool) (io.ReadSeeker, error) {
	if o.settings.Spoil != nil {
		whole, err := io.ReadAll(o.file.content())
		return bytes.NewReader(o.settings.Spoil(whole)), err
	}
	if o.settings.Gzip && acceptsGzip {
		header.Set("Content-Encoding", "gzip")
		return o.file.compressed()
	}
	return o.file.content(), nil
}

// finished is the operation whose file has that address.
func (s *Server) finished(number int64, signature string) *bulkOperation {
	for _, shop := range s.served() {
		shop.mu.RLock()
		o, found := withID(shop.bulk.operations, number)
		good := found && o.signature == signature && shop.clock().Before(o.fileExpiry) && o.shown(o.statusAt(shop.clock()))
		shop.mu.RUnlock()
		if good {
			return o
		}
	}
	return nil
}
