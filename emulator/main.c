/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The emulator program. Threads: this one belongs to the front end; "machine" runs QEMU's main
 * loop, its vCPU threads the guests; "phone" owns what is known of the VMs, and the control socket.
 */
#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "conduct.h"
#include "control/news.h"
#include "frontends/film.h"
#include "frontends/microphone.h"
#include "fronts.h"
#include "machine/elcount.h"
#include "machine/lockstep.h"
#include "machine/machine.h"
#include "machine/network.h"
#include "machine/trace_hash.h"
#include "paths.h"
#include "phone/ending.h"
#include "phone/machine_args.h"
#include "phone/wiring.h"
#include "prepare.h"
#include "restart.h"
#include "snapshot/offline.h"
#include "snapshot/open.h"
#include "stdio_guard.h"

#define LARGE_BYTES (256 << 10)

struct machine_change {
    struct phone *phone;
    enum machine_state state;
};

static gboolean apply_machine_change(gpointer data)
{
    g_autofree struct machine_change *change = data;
    phone_set_machine(change->phone, change->state);
    return G_SOURCE_REMOVE;
}

static void post_machine_state(struct program *program, enum machine_state state)
{
    struct machine_change *change = g_new(struct machine_change, 1);
    *change = (struct machine_change){program->phone, state};
    phone_invoke(program->phone, apply_machine_change, change);
}

static void on_running(void *opaque, bool running)
{
    struct program *program = opaque;

    input_set_running(program->input, running);
    post_machine_state(opaque, running ? MACHINE_RUNNING : MACHINE_PAUSED);
}

static void on_stopped(void *opaque, int status G_GNUC_UNUSED)
{
    struct program *program = opaque;

    input_set_running(program->input, false);
    post_machine_state(opaque, MACHINE_STOPPED);
    frontend_set_stop(program->frontends);
}

static gpointer run_phone(gpointer data)
{
    struct program *program = data;
    g_main_context_push_thread_default(program->phone->context);
    if (program->options.deterministic) {
        conduct(program);
    } else {
        g_main_loop_run(program->phone_loop);
    }
    g_main_context_pop_thread_default(program->phone->context);
    return NULL;
}

static void make_machine(struct program *program)
{
    struct machine_events events = {on_running, on_stopped, program};
    struct machine_options options = {
        .host_cpus = g_get_num_processors(),
        .icount = program->options.icount,
        .repeatable = program->options.repeatable || program->options.deterministic,
        .seed = program->options.deterministic ? program->options.seed : 1,
        .trial = program->options.trial,
        .gdb = program->options.gdb || program->options.gdb_wait,
        .wait_gdb = program->options.gdb_wait,
        .fuses = program->secrets.fuses,
        .store = program->secrets.store,
        .waits = program->snapshots.plan.load,
        .extra = program->options.qemu_args,
    };
    snapshots_prepare(&program->snapshots);
    /* QEMU keeps pointers into it: never freed */
    machine_init(machine_args_build(program->handset, &options), &program->screen, &events);
    elcount_start();
    if (program->options.deterministic) {
        network_close();
        lockstep_start();
    }
}

/* What the guests have not written to their disks is lost, as the state that replaces it wants. */
static void load_after_restart(void *phone, const char *snapshot)
{
    restart_request("--snapshot", snapshot);
    ending_begin(phone, 0, NULL, NULL);
}

static bool start_server(struct program *program, GError **error)
{
    struct server_config config = {
        program->phone,     &program->screen,    program->input,     program->control,
        PHONEBOOTH_VERSION, &program->snapshots, load_after_restart, program->phone,
    };
    program->server = server_new(&config, error);
    if (program->server) {
        news_start(program->server);
    }
    return program->server != NULL;
}

static void keep(void *opaque, ending_kept_fn *kept, void *phone)
{
    snapshots_save(opaque, SNAPSHOTS_QUICK, SNAPSHOTS_STOP, kept, phone);
}

static gboolean on_signal(gpointer phone)
{
    ending_insist(phone);
    return G_SOURCE_CONTINUE;
}

/* After the machine was made: QEMU's own handlers would end it without asking the guests. */
static void watch_signals(struct phone *phone)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    for (unsigned i = 0; i < G_N_ELEMENTS(signals); i++) {
        g_autoptr(GSource) source = g_unix_signal_source_new(signals[i]);
        g_source_set_callback(source, on_signal, phone, NULL);
        g_source_attach(source, phone->context);
    }
}

static void on_loaded(void *opaque, const GError *error)
{
    const struct program *program = opaque;
    const char *name = program->snapshots.plan.name;

    if (!error) {
        g_printerr("phonebooth: went on from snapshot '%s' after %.2f s\n", name,
                   phone_uptime_s(program->phone));
        return;
    }
    g_printerr("phonebooth: snapshot '%s' cannot be loaded: %s\n", name, error->message);
    if (!program->options.require) {
        restart_request("--cold", NULL);
    }
    machine_quit();
}

/* A phone without a window is a script's: it ends as it always has, unless it is told to save. */
static bool saves_at_end(const struct program *program)
{
    const struct options *options = &program->options;

    return !options->trial && !options->no_save &&
           (options->save || (program->window && !options->icount));
}

static void say_hash(void)
{
    g_autofree char *hash = trace_hash_text();

    if (hash) {
        g_printerr("phonebooth: trace hash %s\n", hash);
    }
}

static int run(struct program *program)
{
    int status;

    g_printerr("phonebooth: %s, control socket %s\n", frontend_set_name(program->frontends),
               program->control);
    program->phone_loop = g_main_loop_new(program->phone->context, FALSE);
    watch_signals(program->phone);
    if (saves_at_end(program)) {
        ending_keep(program->phone->ending, keep, &program->snapshots);
    }
    program->phone_thread = g_thread_new("phone", run_phone, program);
    phone_close_networks(program->phone);
    machine_start();
    if (program->snapshots.plan.load) {
        snapshots_load(&program->snapshots, on_loaded, program);
    }
    frontend_set_run(program->frontends);
    microphone_finish();
    machine_quit();
    status = machine_join();
    film_finish();
    conduct_end(program);
    g_main_loop_quit(program->phone_loop);
    g_thread_join(program->phone_thread);
    g_main_loop_unref(program->phone_loop);
    say_hash();
    return phone_ended(program->phone) ? status : 1;
}

static void finish(struct program *program)
{
    server_free(program->server);
    frontend_set_free(program->frontends);
    input_free(program->input);
    phone_free(program->phone);
    snapshots_close(&program->snapshots);
    handset_free(program->handset);
    options_clear(&program->options);
    screen_clear(&program->screen);
    g_free(program->runtime_dir);
    g_free(program->log_dir);
    g_free(program->control);
}

int main(int argc, char **argv)
{
    static struct program program;
    g_autoptr(GError) error = NULL;
    int status = 1;

    /* TLBs of the CPUs grow and shrink: a large one goes back to the host, not to a heap of its
     * own. */
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    stdio_guard_at_exit("phonebooth");
    restart_init(argv);
    /* Messages have GLib's quotation marks in them; numbers stay as they are everywhere. */
    setlocale(LC_CTYPE, "C.UTF-8");
    /* A write beyond the limit of a file's size (setrlimit(2)) shall fail like any other. */
    signal(SIGXFSZ, SIG_IGN);
    screen_init(&program.screen);
    if (!options_parse(&program.options, &argc, &argv, &error)) {
        g_printerr("phonebooth: %s\n", error->message);
        return 2;
    }
    if (program.options.version) {
        printf("phonebooth %s\n", PHONEBOOTH_VERSION);
        return 0;
    }
    if (program.options.answer) {
        g_autofree char *reply = offline_answer(program.options.handset, program.options.answer);
        printf("%s\n", reply);
        return 0;
    }
    if (prepare(&program, &error)) {
        fronts_start(&program);
        make_machine(&program);
        if (start_server(&program, &error)) {
            status = run(&program) == 0 ? 0 : 1;
        }
    }
    if (error) {
        g_printerr("phonebooth: %s\n", error->message);
    }
    finish(&program);
    restart_if_requested();
    return status;
}
