package bulk

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ServeFile sends the file of an operation, as the settings say.
func (o *Operation) ServeFile(w http.ResponseWriter, r *http.Request) {
	content, err := o.servedContent(w.Header(), strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"))
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

// servedContent is what is sent of an operation's file.
func (o *Operation) servedContent(header http.Header, acceptsGzip bool) (io.ReadSeeker, error) {
	if o.settings.Spoil != nil {
		whole, err := io.ReadAll(o.result.file.content())
		return bytes.NewReader(o.settings.Spoil(whole)), err
	}
	if o.settings.Gzip && acceptsGzip {
		header.Set("Content-Encoding", "gzip")
		return o.result.file.compressed()
	}
	return o.result.file.content(), nil
}
