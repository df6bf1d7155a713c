package health

import (
	"slices"
)

// machineSymptoms are the checks of this machine and its settings.
func machineSymptoms() []symptom {
	return []symptom{
		{"nothing works at all", Connection, []check{
			{"the state file", nil, []rule{{"state_unusable", stateUnusable}, {"state_unwritable", stateUnwritable},
				{"state_no_room", stateNoRoom}, {"state_remote", stateRemote}}, stateWell, nil},
			{"the folder for temporary files", nil, []rule{{"temp_unusable", tempUnusable}}, tempWell, nil},
			keyFileCheck(),
			{"the proxy", nil, []rule{{"proxy_wrong", proxyWrong}}, proxyWell, nil},
			{"the certificates", nil, []rule{{"certificates_wrong", certificatesWrong}}, certificatesWell, nil},
		}},
		{"the connector stays inactive after connect", Connection, []check{
			{"the callback address", nil, []rule{{"callback_wrong", callbackWrong}}, callbackWell, nil},
			{"the callback port", []string{"the callback address"}, []rule{{"callback_busy", callbackBusy}}, portWell, nil},
		}},
	}
}

// storeSymptoms are the checks of one store, symptom by symptom as the guide lists
// them. A new finding is a rule in its check: a code, and a function from facts.
func storeSymptoms() []symptom {
	return slices.Concat(connectSymptoms(), connectionSymptoms(), importSymptoms())
}

// beforeContact is what has to be well before a shop can be asked.
var beforeContact = []string{"the state file", "the proxy", "the certificates", "the site", "the app", "the connection",
	"the key file", "the key"}

// beforeImport is what has to be well before an import can go right.
var beforeImport = append(slices.Clone(beforeContact), "the contact with the shop", "the scopes", "the token", "the shop that answers",
	"the origin of the catalogue")

func connectSymptoms() []symptom {
	return []symptom{
		{"nothing works at all", Connection, []check{
			{"the site", []string{"the state file"}, []rule{{"site_wrong", siteWrong}}, siteWell, nil},
			{"the key", []string{"the state file", "the key file"}, []rule{{"key_unusable", keyUnusable}}, keyWell, nil},
		}},
		{"the connector stays inactive after connect", Connection, []check{
			{"the app", []string{"the state file"}, []rule{{"app_other", appOther}, {"app_unknown", appUnknown}}, appWell, nil},
			{"the clock", nil, []rule{{"clock_impossible", clockImpossible}, {"clock_skewed", clockSkewed}}, clockWell, nil},
			{"the last attempt to connect", []string{"the state file", "the app", "the callback address", "the callback port"}, attemptRules(),
				attemptWell, nil},
		}},
	}
}

func connectionSymptoms() []symptom {
	return []symptom{
		{"the connection is not healthy", Connection, []check{
			{"the connection", []string{"the state file", "the app", "the callback address", "the callback port",
				"the last attempt to connect"}, []rule{
				{"token_rejected", tokenRejected}, {"never_connected", neverConnected}, {"disconnected", disconnected},
				{"not_connected", unconnectedOtherwise},
			}, connectionWell, nil},
			{"the token", beforeContact, []rule{{"token_ended", tokenHasEnded}}, tokenWell, nil},
			{"the contact with the shop", append(slices.Clone(beforeContact), "the token"), []rule{
				{"token_kind_refused", tokenKindRefused}, {"shop_unavailable", shopUnavailable}, {"token_refused", tokenRefused},
				{"scope_refused", scopeRefused}, {"unreachable", unreachable},
				{"throttled", throttled}, {"provider_fault", providerFault}, {"contact_failed", contactOtherwise}, {"contact_was_bad", contactWasBad},
			}, contactWell, nil},
			{"the scopes", append(slices.Clone(beforeContact), "the contact with the shop"), []rule{
				{"scope_missing", scopeMissing}, {"scope_was_missing", scopeWasMissing},
			}, scopesWell, nil},
			{"the authorisation", append(slices.Clone(beforeContact), "the token", "the contact with the shop"),
				[]rule{{"token_ends", authorisationEnds}}, authorisationWell, nil},
			{"the API version", append(slices.Clone(beforeContact), "the contact with the shop"), []rule{{"version_ends", versionEnds}},
				versionWell, nil},
		}},
		{"the wrong external shop appears", Connection, []check{
			{"the shop that answers", append(slices.Clone(beforeContact), "the token"),
				[]rule{{"other_shop", otherShop}, {"other_currency", otherCurrency}}, shopWell, nil},
			{"the origin of the catalogue", []string{"the state file", "the connection", "the shop that answers"},
				[]rule{{"former_shop", formerShop}}, originWell, nil},
			{"the linked shop", nil, nil, linkedWell, nil},
		}},
	}
}

func importSymptoms() []symptom {
	return []symptom{
		{"a rerun creates duplicate warehouses", Warehouses, []check{
			{"the links of the warehouses", []string{"the state file", "the connection"},
				[]rule{{"warehouse_link_lost", linkLost}, {"warehouse_doubled", doubled}, {"warehouse_unlinked", unlinkedWarehouse}}, linksWell, nil},
			{"the names of the warehouses", nil, []rule{{"warehouse_name_twice", nameTwice}}, namesWell, nil},
		}},
		{"import jobs never appear", Data, []check{
			{"the first import", beforeImport, []rule{{"no_import", noImport}}, firstImportWell, nil},
			{"the last import", beforeImport, []rule{
				{"run_stopped", runStopped}, {"run_failed", runFailed}, {"run_interrupted", runInterrupted}, {"run_at_work", runAtWork},
			}, lastImportWell, nil},
			{"the rejected records", append(slices.Clone(beforeImport), "the links of the warehouses"), []rule{{"run_partial", runPartial}},
				rejectedWell, nil},
			{"the hold on the store", nil, []rule{{"at_work", atWork}}, lockWell, nil},
		}},
		{"reconnect succeeded, but the data looks stale", Data, []check{
			{"the age of the data", append(slices.Clone(beforeImport), "the first import", "the last import", "the rejected records"), []rule{
				{"never_imported", neverImported}, {"too_old", tooOld}, {"from_the_future", fromTheFuture}, {"rather_old", ratherOld},
			}, ageWell, nil},
		}},
		{"stock looks wrong", Stock, []check{
			{"the stock of the SKU", append(slices.Clone(beforeImport), "the first import", "the last import"), []rule{
				{"sku_off", skuOff}, {"sku_in_shop", skuInShop}, {"sku_behind", skuBehind},
			}, skuWell, aboutSKU},
			{"the warehouses", nil, []rule{{"no_warehouses", withoutWarehouses}}, warehousesWell, nil},
			{"the stock levels", nil, []rule{{"no_levels", withoutLevels}}, levelsWell, nil},
			{"the stock warnings", nil, []rule{{"stock_warned", stockWarned}}, warningsWell, nil},
			{"the tracking of stock", nil, []rule{{"untracked", untracked}}, trackedWell, nil},
			{"the edits made here", nil, []rule{{"edited", edited}}, editedWell, nil},
		}},
	}
}
