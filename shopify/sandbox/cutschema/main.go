// Command cutschema cuts the sandbox's schema out of the introspection of Shopify's GraphQL Admin API.
//
// It keeps the types named in keep.go, of these types the fields whose own types are kept, the arguments of
// these fields and whatever input types, enumerations and scalars they need. Descriptions and deprecated
// fields are left out.
package main

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

func main() {
	in := flag.String("in", "", "gzipped introspection of the full schema")
	out := flag.String("out", "schema.graphql", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "cutschema:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	full, err := read(in)
	if err != nil {
		return err
	}
	sdl, err := cut(full)
	if err != nil {
		return err
	}
	return os.WriteFile(out, []byte(sdl), 0o644)
}

func read(path string) (*schema, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var document struct {
		Data struct {
			Schema schema `json:"__schema"`
		}
	}
	if err := json.NewDecoder(unzipped).Decode(&document); err != nil {
		return nil, err
	}
	return &document.Data.Schema, nil
}
