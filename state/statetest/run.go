package statetest

import "testing"

// laws are the laws that what keeps the state holds, by their numbers in the design, each
// with the tests that notice when it does not.
var laws = []struct {
	name  string
	tests tests
}{
	{"law 1 accounting balances", tests{
		"TestFirstRunImportsEverything":                      TestFirstRunImportsEverything,
		"TestPartsOfAnIncompleteRecordStay":                  TestPartsOfAnIncompleteRecordStay,
		"TestPartsOfWhatIsGoneAreLeftOut":                    TestPartsOfWhatIsGoneAreLeftOut,
		"TestShopOfStraysOnlyIsNotImported":                  TestShopOfStraysOnlyIsNotImported,
		"TestWhatCannotBeImportedIsRejectedWhereverItStands": TestWhatCannotBeImportedIsRejectedWhereverItStands,
		"TestStockOfVariantsThatAreNotThereIsRejected":       TestStockOfVariantsThatAreNotThereIsRejected,
		"TestCountsThatAreOff":                               TestCountsThatAreOff,
		"TestAPlanOfPartsTakesAlongWhatHangs":                TestAPlanOfPartsTakesAlongWhatHangs,
		"TestNothingIsMoreThanThereWas":                      TestNothingIsMoreThanThereWas,
		"TestStockOfARejectedLocationStays":                  TestStockOfARejectedLocationStays,
	}},
	{"law 2 a run lands whole or not at all", tests{
		"TestAFaultLeavesTheCatalogueAsItWas": TestAFaultLeavesTheCatalogueAsItWas,
		"TestEachStepMayFail":                 TestEachStepMayFail,
		"TestAnUnknownCommitIsLookedAt":       TestAnUnknownCommitIsLookedAt,
		"TestReadersSeeTheLastCommit":         TestReadersSeeTheLastCommit,
	}},
	{"law 3 what was previewed is what is applied", tests{
		"TestStalePlans":                                    TestStalePlans,
		"TestAPlanFitsItsConnection":                        TestAPlanFitsItsConnection,
		"TestAnAdoptionIsStaleWhenTheLocationHasAWarehouse": TestAnAdoptionIsStaleWhenTheLocationHasAWarehouse,
		"TestALinkMakesAPlanStale":                          TestALinkMakesAPlanStale,
	}},
	{"law 4 reruns converge", tests{
		"TestRerunConverges":         TestRerunConverges,
		"TestAChangedShopConverges":  TestAChangedShopConverges,
		"TestSpellingIsNoChange":     TestSpellingIsNoChange,
		"TestChangesAreFoundByField": TestChangesAreFoundByField,
	}},
	{"law 5 stock is set absolutely", tests{
		"TestAnUnknownNumberIsNotZero": TestAnUnknownNumberIsNotZero,
		"TestStockIsSummedAsItIs":      TestStockIsSummedAsItIs,
	}},
	{"law 6 warehouses are never doubled", tests{
		"TestWarehousesAreNotDoubledByARename":                TestWarehousesAreNotDoubledByARename,
		"TestWarehousesKeepTheirMappingWhenNamesSwap":         TestWarehousesKeepTheirMappingWhenNamesSwap,
		"TestWarehouseWithALostMappingIsAdopted":              TestWarehouseWithALostMappingIsAdopted,
		"TestNamesOfWarehousesAreComparedWithoutSpacesAround": TestNamesOfWarehousesAreComparedWithoutSpacesAround,
		"TestTwoLocationsOfOneNameAreTwoWarehouses":           TestTwoLocationsOfOneNameAreTwoWarehouses,
		"TestAmbiguousWarehousesAreRejectedWithTheirStock":    TestAmbiguousWarehousesAreRejectedWithTheirStock,
		"TestOneWarehouseForTwoLocationsIsAmbiguous":          TestOneWarehouseForTwoLocationsIsAmbiguous,
		"TestLinkByHand":                           TestLinkByHand,
		"TestOnlyLocationsWithoutAMappingCount":    TestOnlyLocationsWithoutAMappingCount,
		"TestNamesAreComparedToTheLetter":          TestNamesAreComparedToTheLetter,
		"TestALostLocationIsNotMadeAnew":           TestALostLocationIsNotMadeAnew,
		"TestEachLostLocationIsToldItsWarehouse":   TestEachLostLocationIsToldItsWarehouse,
		"TestALostLocationAdoptsByName":            TestALostLocationAdoptsByName,
		"TestHalfAMappingIsNone":                   TestHalfAMappingIsNone,
		"TestAMappingToNowhereIsLost":              TestAMappingToNowhereIsLost,
		"TestANewLocationBesideUnlinkedWarehouses": TestANewLocationBesideUnlinkedWarehouses,
		"TestADeletedWarehouseIsMadeAnew":          TestADeletedWarehouseIsMadeAnew,
		"TestManyUnlinkedWarehouses":               TestManyUnlinkedWarehouses,
	}},
	{"law 7 nothing is deleted because it vanished", tests{
		"TestWhatVanishes":                    TestWhatVanishes,
		"TestPartsOfWhatIsGoneFromBothSides":  TestPartsOfWhatIsGoneFromBothSides,
		"TestArchiveMissing":                  TestArchiveMissing,
		"TestArchivingWhatIsMissingAlready":   TestArchivingWhatIsMissingAlready,
		"TestStockOfAVanishedLocationGoes":    TestStockOfAVanishedLocationGoes,
		"TestAnUnlinkedWarehouseIsNotMissing": TestAnUnlinkedWarehouseIsNotMissing,
		"TestTakeover":                        TestTakeover,
	}},
	{"law 8 local edits are seen", tests{
		"TestLocalEdits":                          TestLocalEdits,
		"TestEveryEditIsSeen":                     TestEveryEditIsSeen,
		"TestAnEditAfterThePlanStaysOne":          TestAnEditAfterThePlanStaysOne,
		"TestWhoMoved":                            TestWhoMoved,
		"TestAKeptEditIsNotZeroed":                TestAKeptEditIsNotZeroed,
		"TestAnEditOfALinkedWarehouseIsKeptAgain": TestAnEditOfALinkedWarehouseIsKeptAgain,
	}},
	{"law 9 three lights", tests{
		"TestReconnectingLooksNoFresher":     TestReconnectingLooksNoFresher,
		"TestAPartMakesNothingElseLookFresh": TestAPartMakesNothingElseLookFresh,
	}},
	{"law 10 secrets", tests{
		"TestSecretsAreThoseOfTheInstall": TestSecretsAreThoseOfTheInstall,
		"TestAShopBelongsToOneStore":      TestAShopBelongsToOneStore,
	}},
	{"law 11 hostile text", tests{
		"TestTextIsKeptAsItCame": TestTextIsKeptAsItCame,
	}},
	{"law 13 never narrower in silence", tests{
		"TestARunThatDiedHasReadNothing": TestARunThatDiedHasReadNothing,
	}},
	{"law 14 what is stored says what it is", tests{
		"TestPruneKeepsWhatIsNeeded":        TestPruneKeepsWhatIsNeeded,
		"TestASnapshotForgetsItsOperations": TestASnapshotForgetsItsOperations,
		"TestRunsAreFound":                  TestRunsAreFound,
	}},
	{"several at work", tests{
		"TestOneHoldsAStore":                         TestOneHoldsAStore,
		"TestRunsOfADeadProcessAreInterrupted":       TestRunsOfADeadProcessAreInterrupted,
		"TestTwoProvidersOfOneStoreKeepApart":        TestTwoProvidersOfOneStoreKeepApart,
		"TestStockLiesAtAPlaceOfItsProvider":         TestStockLiesAtAPlaceOfItsProvider,
		"TestPruningLeavesAnotherProvidersRunsAlone": TestPruningLeavesAnotherProvidersRunsAlone,
		"TestRunsOfTwoProvidersGoSideBySide":         TestRunsOfTwoProvidersGoSideBySide,
		"TestWhatWasCutOffIsLeftToItsProvider":       TestWhatWasCutOffIsLeftToItsProvider,
		"TestNamesAreThoseOfTheProvider":             TestNamesAreThoseOfTheProvider,
	}},
}

type tests = map[string]func(*testing.T, Open)

// Run holds all laws against an engine; TestSequences and
// TestWhatIsTakenIsAsGoodAsWhatIsRead hold them in stories that nobody thought of, and are
// run apart because they may take as long as there is.
func Run(t *testing.T, open Open) {
	for _, law := range laws {
		t.Run(law.name, func(t *testing.T) {
			for name, test := range law.tests {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, open)
				})
			}
		})
	}
}
