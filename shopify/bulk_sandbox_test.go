package shopify

import (
	"context"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox"
)

func TestBulkFindsTheWholeSandbox(t *testing.T) {
	shop := sandbox.Generate(300)
	oddities(t, shop)
	server, err := sandbox.Start(sandbox.Options{Shops: []*sandbox.Shop{shop}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Install(shop.Domain())
	site, err := NewSite(server.URL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	client := NewClient(site, shop.Domain(), "2026-10", &tokens{current: server.AccessToken(shop.Domain())}, nil)
	client.sleep = func(ctx context.Context, _ time.Duration) error { return sleep(ctx, time.Millisecond) }
	intake := newRecorder(t)
	_, err = NewSource(client, Options{Reader: importer.ReaderBulk}).Read(context.Background(), connector.Resources(), intake)
	if err != nil {
		t.Fatal(err)
	}
	compareWithTruth(t, intake, shop.Truth())
}
