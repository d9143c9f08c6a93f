/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "prepare.h"

#include "host.h"
#include "machine/line.h"
#include "machine/marks.h"
#include "machine/trace_hash.h"
#include "paths.h"
#include "phone/chosen.h"
#include "phone/clock.h"
#include "phone/ending.h"
#include "phone/seeds.h"
#include "phone/wiring.h"
#include "phone/zone.h"
#include "snapshot/open.h"

static bool fill_chosen(struct program *program, GError **error)
{
    g_autofree char *zone = program->options.deterministic ? g_strdup("Etc/UTC") : zone_of_host();

    return chosen_fill(program->handset, program->runtime_dir, zone, error);
}

/* A phone whose logs cannot be kept works all the same. */
static bool choose_log_dir(struct program *program, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (!program->options.trial) {
        program->log_dir = paths_state_dir(program->options.name, &why);
    }
    if (!program->log_dir) {
        program->log_dir = paths_passing_logs(program->runtime_dir, error);
    }
    if (why && program->log_dir) {
        g_printerr("phonebooth: %s: logs are in %s and not kept\n", why->message, program->log_dir);
    }
    return program->log_dir != NULL;
}

/* What QEMU would end the process over, in its own words. */
static bool check_host(struct program *program, GError **error)
{
    struct options *options = &program->options;

    return host_choose_tmp(program->runtime_dir, error) &&
           ((!options->gdb && !options->gdb_wait) || host_check_gdb_port(error)) &&
           handset_check_files(program->handset, options->trial, error) &&
           secrets_prepare(&program->secrets, program->handset->dir, options->trial, error) &&
           (!options->marks || marks_open(options->marks, error));
}

/* Which snapshot, which disks; counted instructions and a debugger want to see a boot. */
static bool open_snapshots(struct program *program, GError **error)
{
    const struct options *options = &program->options;
    const struct plan_options plan = {
        .snapshot = options->snapshot,
        .cold = options->cold || (options->icount && !options->snapshot) || options->gdb_wait,
        .factory = options->factory,
        .require = options->require,
        .trial = options->trial,
    };

    return snapshots_open(&program->snapshots, &plan, program->handset, error);
}

/* Before anything asks for the time or for random numbers. */
static bool prepare_lockstep(const struct options *options, GError **error)
{
    if (!options->deterministic) {
        return true;
    }
    clock_follow_machine();
    seeds_fix(options->seed);
    return trace_hash_start(options->trace_log, error);
}

bool prepare(struct program *program, GError **error)
{
    struct options *options = &program->options;

    if (!prepare_lockstep(options, error)) {
        return false;
    }

    program->handset = handset_read(options->handset, error);
    if (!program->handset) {
        return false;
    }
    program->runtime_dir = paths_runtime_dir(options->name, error);
    if (!program->runtime_dir || !paths_lock(program->runtime_dir, options->name, error)) {
        return false;
    }
    if (!open_snapshots(program, error)) {
        return false;
    }
    program->control = options->control
                           ? g_canonicalize_filename(options->control, NULL)
                           : g_build_filename(program->runtime_dir, "control.sock", NULL);
    if (!choose_log_dir(program, error) || !check_host(program, error) ||
        !snapshots_take_disks(&program->snapshots, program->handset, error)) {
        return false;
    }
    if (options->repeatable) {
        line_deafen();
    } else if (!fill_chosen(program, error)) {
        return false;
    }
    program->phone = phone_new(program->handset, options->name, program->log_dir, error);
    if (program->phone) {
        program->phone->ending = ending_new(program->phone, (unsigned)options->end_timeout);
    }
    return program->phone != NULL;
}
