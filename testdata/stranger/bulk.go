package stranger

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Order is how the lines of a bulk result stand.
type Order string

// The orders. In all but Shuffled and Reversed the parts of one record stand in
// their order.
const (
	Depth     Order = "all records, then all parts"
	Grouped   Order = "each record with its parts"
	Scattered Order = "parts anywhere, before their record too"
	Reversed  Order = "from the last to the first"
	Shuffled  Order = "no order at all"
)

// operation is a bulk operation. It is told to run for a while even if it has ended.
type operation struct {
	kind       string
	path       string
	written    chan struct{} // closed once the file, all and roots are there
	all, roots int
	polls      int
	created    string
}

// Kinds of bulk results, named like what they are about.
const (
	Products     = "products"
	Variants     = "variants"
	VariantMedia = "variant media"
	Inventory    = "inventory"
	Members      = "members"
)

func now() string { return time.Now().UTC().Format(time.RFC3339) }

func (s *Shop) start(a arguments) any {
	s.note("bulkOperationRunQuery")
	query, _ := a["query"].(string)
	selection := parse(query)[0]
	kind := map[string]string{"products": Products, "productVariants": Variants, "inventoryItems": Inventory, "collections": Members}[selection.name]
	if kind == Variants && selection.inner("edges").inner("node").inner("media").name != "" {
		kind = VariantMedia
	}
	s.note("bulk " + kind)
	o := &operation{kind: kind, created: now(), path: filepath.Join(s.Folder, fmt.Sprintf("%d.jsonl", s.Asked("bulkOperationRunQuery")))}
	o.written = make(chan struct{})
	go func() {
		defer close(o.written)
		if err := s.write(o, selection); err != nil {
			panic(err)
		}
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.operations == nil {
		s.operations = map[string]*operation{}
	}
	id := gid("BulkOperation", len(s.operations))
	s.operations[id] = o
	return Node{"userErrors": []any{}, "bulkOperation": Node{"id": id, "status": "CREATED", "createdAt": o.created}}
}

func (s *Shop) poll(a arguments) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprint(a["id"])
	o := s.operations[id]
	if o == nil {
		return nil
	}
	o.polls++
	told := Node{
		"id": id, "status": "RUNNING", "errorCode": nil, "createdAt": o.created, "url": nil,
		"objectCount": strconv.Itoa(o.polls), "rootObjectCount": "0",
	}
	end, ends := s.Ends[o.kind]
	if end == "RUNNING" {
		told["objectCount"] = "0"
		return told
	}
	select {
	case <-o.written:
		told["objectCount"], told["rootObjectCount"] = strconv.Itoa(o.all), strconv.Itoa(o.roots)
	default:
		return told
	}
	switch {
	case o.polls == 1:
	case ends:
		told["status"], told["errorCode"], _ = strings.Cut(end, " ")
		if told["errorCode"] == "" {
			told["errorCode"] = nil
		}
	default:
		told["status"] = "COMPLETED"
		if o.all > 0 {
			told["url"] = "https://storage.googleapis.com/results/" + filepath.Base(o.path) + "?Signature=x"
		}
	}
	return told
}

// write writes the result.
func (s *Shop) write(o *operation, selection field) error {
	file, err := os.Create(o.path)
	if err != nil {
		return err
	}
	defer file.Close()
	var to io.Writer = file
	if s.Gzip {
		packed := gzip.NewWriter(file)
		defer packed.Close()
		to = packed
	}
	lines := s.lines(o, selection)
	lie, lies := s.Lies[o.kind]
	if lies && (lie.Times == 0 || s.Asked("bulk "+o.kind) <= lie.Times) {
		lines = lie.Lines(lines)
		if lie.Tells {
			o.all, o.roots = len(lines), 0
			for _, line := range lines {
				if !bytes.Contains(line, []byte(`"__parentId"`)) {
					o.roots++
				}
			}
		}
	}
	end := "\n"
	if s.CRLF {
		end = "\r\n"
	}
	for i, line := range lines {
		if s.CRLF && i == len(lines)-1 {
			end = ""
		}
		if _, err := fmt.Fprintf(to, "%s%s", line, end); err != nil {
			return err
		}
	}
	return nil
}

// lines are those of a result in the shop's order.
func (s *Shop) lines(o *operation, selection field) [][]byte {
	out := scribe{plain: s.Plain, random: rand.New(rand.NewPCG(2, 3))}
	var roots [][]byte
	var parts [][][]byte // of each root
	records := s.root()[selection.name].(func(arguments) any)(arguments{}).(list)
	chosen := selection.inner("edges").inner("node").fields
	for i := range records.n {
		record := records.at(i)
		var below [][]byte
		apart := rendering{extra: !s.Plain}
		whole := apart
		whole.lifted = func(children list, f field) {
			for j := range children.n {
				child := apart.object(children.at(j), f.fields)
				child = append(child, member{"__parentId", record["id"]})
				below = append(below, bytes.Clone(out.line(child)))
			}
		}
		root := whole.object(record, chosen)
		roots, parts = append(roots, bytes.Clone(out.line(root))), append(parts, below)
		o.all += 1 + len(below)
	}
	o.roots = len(roots)
	return s.Order.of(roots, parts)
}

func (order Order) of(roots [][]byte, parts [][][]byte) (lines [][]byte) {
	for i, root := range roots {
		lines = append(lines, root)
		if order != Depth && order != Scattered {
			lines = append(lines, parts[i]...)
		}
	}
	random := rand.New(rand.NewPCG(4, 5))
	switch order {
	case Depth:
		for _, below := range parts {
			lines = append(lines, below...)
		}
	case Reversed:
		for i := range len(lines) / 2 {
			lines[i], lines[len(lines)-1-i] = lines[len(lines)-1-i], lines[i]
		}
	case Shuffled:
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	case Scattered:
		return scattered(lines, parts, random)
	}
	return lines
}

// scattered puts parts between records anywhere, those of one record in order.
func scattered(roots [][]byte, parts [][][]byte, random *rand.Rand) (lines [][]byte) {
	var turns []int // whose part comes next; -1 for a root
	for i, below := range parts {
		turns = append(turns, -1)
		for range below {
			turns = append(turns, i)
		}
	}
	random.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
	next := make([]int, len(parts))
	for _, turn := range turns {
		if turn < 0 {
			lines, roots = append(lines, roots[0]), roots[1:]
			continue
		}
		lines = append(lines, parts[turn][next[turn]])
		next[turn]++
	}
	return lines
}

// result serves a file.
func (s *Shop) result(w http.ResponseWriter, r *http.Request) {
	s.note("result")
	file, err := os.Open(filepath.Join(s.Folder, filepath.Base(r.URL.Path)))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	if s.Gzip {
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Type", "application/jsonl")
	if s.Breaks > 0 && (s.Broken == 0 || s.Asked("result") <= s.Broken) {
		w = &breaking{w, s.Breaks}
	}
	if s.Ranges {
		tag := `"v1"`
		if s.Tag != nil {
			tag = s.Tag()
		}
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, file)
		return
	}
	_, _ = io.Copy(w, struct{ io.Reader }{file}) // in chunks, of unknown length
}

// breaking breaks off after some bytes.
type breaking struct {
	http.ResponseWriter
	left int64
}

func (b *breaking) Write(p []byte) (int, error) {
	n, err := b.ResponseWriter.Write(p[:min(int64(len(p)), b.left)])
	if b.left -= int64(n); b.left == 0 {
		_ = http.NewResponseController(b.ResponseWriter).Flush()
		panic(http.ErrAbortHandler)
	}
	return n, err
}
