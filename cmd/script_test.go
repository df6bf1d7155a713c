package cmd

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/loopback"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

// TestMain makes eshopctl and a browser available to the scripts as programs.
// The browser is found by the name that Linux desktops use.
func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"eshopctl": programMain, "xdg-open": browserMain, "write-at-once": writeMain})
}

// tests are of a whole program. They wait more than they compute: there
// are three for each processor, and they collect garbage seldom. Their processes heed signals, also where the tests
// themselves run in the background of a shell that has them ignore some.
type tests struct{ *testing.M }

func (m tests) Run() int {
	debug.SetGCPercent(terminal.Garbage)
	flag.Parse()
	if parallel := flag.Lookup("test.parallel"); parallel.Value.String() == parallel.DefValue {
		_ = flag.Set(parallel.Name, strconv.Itoa(3*runtime.GOMAXPROCS(0)))
	}
	for _, ignored := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
		if signal.Ignored(ignored) {
			signal.Notify(make(chan os.Signal, 1), ignored)
		}
	}
	return m.M.Run()
}

// programMain is main, with everything printed kept for the scan for secrets.
func programMain() {
	terminal.BoundMemory()
	ctx, stop := terminal.Stoppable()
	env := terminal.ProcessEnv(SecretVariables())
	env.Transport = impatient()
	if path := os.Getenv("PRINTED"); path != "" {
		printed, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			panic(err)
		}
		env.Stdout, env.Stderr = io.MultiWriter(os.Stdout, printed), io.MultiWriter(os.Stderr, printed)
	}
	status := Run(ctx, env)
	stop()
	os.Exit(status)
}

// browserMain is a browser whose user approves whatever the sandbox asks. What it
// was started with is kept for the scan for secrets.
func browserMain() {
	if path := os.Getenv("BROWSER_SAW"); path != "" {
		saw := strings.Join(slices.Concat(os.Args, os.Environ()), "\n") + "\n"
		if err := os.WriteFile(path, []byte(saw), 0o600); err != nil {
			panic(err)
		}
	}
	response, err := http.Get(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	response.Body.Close()
}

// TestScripts runs the whole program as operators do: testdata/script says what
// is typed and what comes out. After each script the invariants must hold.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("..", "testdata", "script"),
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("PRINTED", filepath.Join(env.WorkDir, ".printed"))
			env.Setenv("STATE", filepath.Join(home, ".local", "state", "eshopctl", "state.db"))
			env.Vars = append(append(env.Vars, noSleep), noStrangers(env.T().(testing.TB))...)
			on := &stage{}
			env.Values[shopKey{}], env.Values[heldKey{}] = on, &holdings{}
			env.Defer(func() {
				t := env.T().(testing.TB)
				t.Helper()
				assertInvariants(t, env.WorkDir)
				if on.server != nil {
					assertHidden(t, "in the end", env.WorkDir, on.server.Secrets())
				}
			})
			return os.MkdirAll(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sandbox": startSandbox, "merchant": merchant, "exits": exits, "sql": runSQL, "runid": runID,
			"hold": hold, "release": release, "damage": damage, "crash": crash,
		},
		RequireExplicitExec: true,
		UpdateScripts:       *update,
	})
}

// stage is the sandbox of one script.
type stage struct {
	server *sandboxtest.Server
	shop   *sandboxtest.Shop
}

type shopKey struct{}

// startSandbox starts a sandbox and points the script's environment at it:
//
//	sandbox            the default shop
//	sandbox FILE.csv   a shop from files
//	sandbox N          a generated shop
func startSandbox(ts *testscript.TestScript, neg bool, args []string) {
	shop := sandboxtest.DefaultShop()
	if len(args) > 0 {
		if n, err := strconv.Atoi(args[0]); err == nil {
			shop = sandboxtest.Generate(n)
		} else {
			file, err := os.Open(ts.MkAbs(args[0]))
			ts.Check(err)
			defer file.Close()
			shop, err = sandboxtest.FromCSV(file)
			ts.Check(err)
		}
	}
	shop.AutoApprove(true)
	address, err := loopback.Address()
	ts.Check(err)
	callback := "http://" + address + "/callback"
	server, err := sandboxtest.Start(sandboxtest.Options{
		App: sandboxtest.App{RedirectURLs: []string{callback}}, Shops: []*sandboxtest.Shop{shop}, BucketSize: 1e6, RestoreRate: 1e6,
	})
	ts.Check(err)
	ts.Defer(func() { server.Close() })
	for _, variable := range append(server.Env(), "ESHOPCTL_SHOPIFY_CALLBACK_URL="+callback) {
		name, value, _ := strings.Cut(variable, "=")
		ts.Setenv(name, value)
	}
	ts.Setenv("SHOP", shop.Domain())
	ts.Setenv("CALLBACK", callback)
	*ts.Value(shopKey{}).(*stage) = stage{server, shop}
}

// merchant has the merchant of the shop do something:
//
//	merchant VERB WORDS      as package sandboxtest has them
//	merchant NAME[=VALUE]    a switch of the sandbox
//	merchant admin-token     a token without end goes to the file token
func merchant(ts *testscript.TestScript, neg bool, args []string) {
	on := ts.Value(shopKey{}).(*stage)
	if args[0] == "admin-token" {
		ts.Check(os.WriteFile(ts.MkAbs("token"), []byte(on.server.AccessToken(on.shop.Domain())+"\n"), 0o600))
		return
	}
	ts.Check(on.server.Do(on.shop, args...))
}

// exits runs a program and wants that exit status:
//
//	exits 64 eshopctl bogus
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		if _, scanErr := fmt.Sscanf(err.Error(), "exit status %d", &got); scanErr != nil {
			ts.Fatalf("%v", err)
		}
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// runSQL changes the state file as another program would.
func runSQL(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(execSQL(ts.Getenv("STATE"), strings.Join(slices.Clone(args), " ")))
}

// runID keeps the first run id that was just printed in a variable:
//
//	runid FIRST
func runID(ts *testscript.TestScript, neg bool, args []string) {
	ids := runIDs(ts.ReadFile("stdout"))
	if len(ids) == 0 {
		ts.Fatalf("no run id was printed")
	}
	ts.Setenv(args[0], ids[0])
}
