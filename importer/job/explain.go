package job

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/checking"
)

// ExplainStock follows the stock of a SKU, or of a variant by its external id, from the
// shop to its rows.
func ExplainStock(ctx context.Context, db Evidence, at Shop, c connector.Connector, asked string) ([]checking.Explanation, error) {
	i := &inquiry{ctx: ctx, db: db, shop: at, connector: c, asked: asked}
	return i.explainStock()
}

func (i *inquiry) explainStock() ([]checking.Explanation, error) {
	for _, gather := range []func() error{i.findRows, i.lookAtShop, i.findWarehouses, i.findRun} {
		if err := gather(); err != nil {
			return nil, err
		}
	}
	var explained []checking.Explanation
	for _, evidence := range i.variantEvidence() {
		if err := i.addLevels(evidence); err != nil {
			return nil, err
		}
		evidence.NotRead = i.notRead
		explained = append(explained, evidence.Explain())
	}
	return explained, nil
}
