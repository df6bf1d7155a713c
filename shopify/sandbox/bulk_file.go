package sandbox

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const bulkFilePath = "/bulk-operation-outputs/"

// bulkReader reads all nodes of a plan: one line for each, connections lifted out of them.
type bulkReader struct {
	execution *execution
	lines     []bulkLine
	roots     int
}

type bulkLine struct {
	depth int
	text  []byte
}

func (b *bulkReader) read() {
	x := b.execution
	x.lifting = true
	if _, _, ok := x.selections(queryRoot{}, x.plan.fields); ok {
		b.readLifted("", 0)
	}
}

// readLifted reads the connections that the selections just made met.
func (b *bulkReader) readLifted(parent string, depth int) {
	lifted := b.execution.lifted
	b.execution.lifted = nil
	for _, l := range lifted {
		node := bulkNode(l.field)
		for _, item := range l.page.items {
			if !b.readNode(item, node, parent, depth) {
				return
			}
		}
	}
}

func (b *bulkReader) readNode(item object, node *plannedField, parent string, depth int) bool {
	concrete := node.named.Name
	if node.named.IsAbstractType() {
		concrete = item.kind()
	}
	r, _, ok := b.execution.selections(item, node.children[concrete])
	if !ok {
		return false
	}
	id := ""
	if at := slices.Index(r.keys, "id"); at >= 0 {
		id, _ = r.values[at].(string)
	}
	if depth == 0 {
		b.roots++
	} else {
		r.put("__parentId", parent)
	}
	text, err := r.MarshalJSON()
	if err != nil {
		b.execution.fail(err, node)
		return false
	}
	b.lines = append(b.lines, bulkLine{depth, bytes.ReplaceAll(text, []byte("/"), []byte(`\/`))})
	b.readLifted(id, depth+1)
	return true
}

// file joins the lines. Grouped, children follow their parent; else they come after all lines of less depth.
func (b *bulkReader) file(grouped, shuffled bool, random *rand.Rand) []byte {
	if !grouped {
		if shuffled {
			random.Shuffle(len(b.lines), func(i, j int) { b.lines[i], b.lines[j] = b.lines[j], b.lines[i] })
		}
		slices.SortStableFunc(b.lines, func(a, b bulkLine) int { return a.depth - b.depth })
	}
	var file bytes.Buffer
	for _, line := range b.lines {
		file.Write(line.text)
		file.WriteByte('\n')
	}
	return file.Bytes()
}

// bulkFile serves a result. As at Shopify the address is the key; a request that carries an access token is
// refused, since it gives the token away.
func (s *Server) bulkFile(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseInt(strings.TrimSuffix(r.PathValue("file"), ".jsonl"), 10, 64)
	if err != nil {
		notFound(w, r)
		return
	}
	lines, ok := s.bulkLines(number, r.URL.Query().Get("Signature"))
	if !ok || r.Header.Get("X-Shopify-Access-Token") != "" {
		http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "application/jsonl")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(lines))
}

func (s *Server) bulkLines(number int64, signature string) ([]byte, bool) {
	for _, shop := range s.shops {
		shop.mu.RLock()
		o, found := withID(shop.bulk.operations, number)
		good := found && o.signature == signature && shop.clock().Before(o.fileExpiry) && o.statusAt(shop.clock()) == "COMPLETED"
		shop.mu.RUnlock()
		if good {
			return o.lines, true
		}
	}
	return nil, false
}
