/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth: the command line of Phonebooth, a client of the control API. */
#include "cli.h"

#include <locale.h>
#include <stdio.h>

#ifndef BOOTH_VERSION
#define BOOTH_VERSION "0.1.0"
#endif

static const struct verb verbs[] = {
    {"run", "[--background] [--] [OPTION...]", "start a phone",
     "  booth run                       in a window, until it is closed\n"
     "  booth run --headless            without a window\n"
     "  booth run --background -- --headless\n"
     "                                  returns when the phone can be talked to\n\n"
     "Options that booth does not know go to the emulator; see 'phonebooth --help'.\n",
     cli_run},
    {"status", "", "what the phone and its VMs are doing",
     "Prints one line for the phone and one per VM: number, name, state, where its boot is,\n"
     "and how much of its RAM the switchboard sees (share).\n",
     cli_status},
    {"wait", "[--timeout SECONDS] [VM...]", "wait until the home screens are up",
     "  booth wait                      all personas that start by themselves\n"
     "  booth wait --timeout 120 work\n\n"
     "Ends with 1 and the reason when that cannot happen any more, with 4 after the timeout.\n",
     cli_wait},
    {"switch", "PERSONA|next", "bring a persona to the front",
     "  booth switch work\n\nReturns when the first frame that shows it is on the screen.\n",
     cli_switch},
    {"view", "single|side", "one persona, or both side by side", NULL, cli_view},
    {"tap", "[--hold MS] X Y", "touch the screen at a point",
     "  booth tap 360 1300              pixels of the board's screen, 720 x 1440\n"
     "  booth tap --hold 1500 360 700   a long press, in milliseconds\n",
     cli_tap},
    {"swipe", "[--duration MS] X1 Y1 X2 Y2", "draw a finger over the screen",
     "  booth swipe 360 1400 360 700\n  booth swipe --duration 1000 600 30 100 30\n", cli_swipe},
    {"touch", "[--slot 0..9] down|move|up [X Y]", "one change of one finger",
     "  booth touch down 100 200; booth touch --slot 1 down 300 400; booth touch up\n", cli_touch},
    {"key", "[--action press|down|up] KEY", "press a keyboard key in the front persona",
     "  booth key enter\n  booth key KEY_LEFTCTRL --action down\n", cli_key},
    {"text", "TEXT", "type text in the front persona", "  booth text 'hello, world'\n", cli_text},
    {"button", "[--hold MS] [--action press|down|up] power|volume-up|volume-down",
     "press a key of the handset's case",
     "  booth button --hold 3000 power\n"
     "  booth button --action down volume-up; booth button power; booth button --action up "
     "volume-up\n",
     cli_button},
    {"power", "", "press the power key: display off, on", NULL, cli_power},
    {"shot", "FILE.png", "write a picture of the screen",
     "The file is written whole or not at all; an existing one is replaced.\n", cli_shot},
    {"console", "[--all] [--follow] VM|el2 [TEXT]",
     "a VM's boot log; with TEXT: type a line into its console",
     "  booth console work              the last 64 KiB\n"
     "  booth console --all el2         all that is in memory\n"
     "  booth console --follow work     and what comes\n"
     "  booth console work 'uname -a'   typed, with Enter\n",
     cli_console},
    {"vm", "start|stop|restart|pause|resume VM", "the life of one VM",
     "  booth vm restart work && booth wait work\n", cli_vm},
    {"pause", "", "stop the whole machine, as if time stood still", NULL, cli_pause},
    {"resume", "", "let the machine go on", NULL, cli_resume},
    {"stats", "[--reset]", "counters: time, memory, instructions, frames", NULL, cli_stats},
    {"trace", "[--seconds N] FILE | start | stop [FILE]",
     "record what each CPU runs, as a timeline",
     "  booth trace phone.json          five seconds from now\n"
     "  booth trace --seconds 30 a.json the same for longer; Ctrl-C ends it sooner\n"
     "  booth trace start; ...; booth trace stop phone.json\n\n"
     "Open the file with Perfetto or chrome://tracing: a line per CPU and per VM's vCPU, with\n"
     "each exit to the hypervisor.\n",
     cli_trace},
    {"stop", "", "end the phone", NULL, cli_stop},
};

static const struct verb *find_verb(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

static void print_overview(FILE *out)
{
    fputs("usage: booth [--name NAME | --control SOCKET] [--json] VERB [ARGUMENT...]\n\n", out);
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        fprintf(out, "  %-9s %s\n", verbs[i].name, verbs[i].summary);
    }
    fputs("  help      [VERB]: this, or more about one verb\n"
          "  version   of booth\n\n"
          "  --name NAME       the phone of that name ('default' without it)\n"
          "  --control SOCKET  the phone with that control socket\n"
          "  --json            print the phone's answer as one line of JSON\n\n"
          "Exit codes: 0 done, 1 the phone could not do it, 2 wrong command line,\n"
          "3 no phone answers, 4 timeout, 5 a file or program of this machine failed.\n",
          out);
}

static int help(int argc, char **argv)
{
    if (argc < 2) {
        print_overview(stdout);
        return EXIT_DONE;
    }
    const struct verb *verb = find_verb(argv[1]);
    if (verb == NULL) {
        fprintf(stderr, "booth: no verb '%s'; 'booth help' lists them\n", argv[1]);
        return EXIT_USAGE;
    }
    printf("usage: booth %s %s\n\n%s.\n", verb->name, verb->arguments, verb->summary);
    if (verb->help != NULL) {
        printf("\n%s", verb->help);
    }
    return EXIT_DONE;
}

/* Global options stand before the verb; --json may also stand after it. */
static int parse_globals(struct cli *cli, int argc, char **argv)
{
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            cli->json = TRUE;
        } else if (strcmp(argv[i], "--name") == 0 && i + 1 < argc) {
            cli->name = argv[++i];
        } else if (strcmp(argv[i], "--control") == 0 && i + 1 < argc) {
            cli->control = argv[++i];
        } else {
            break;
        }
    }
    return i;
}

static gboolean take_json(struct cli *cli, int *argc, char **argv)
{
    for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            memmove(&argv[i], &argv[i + 1], (gsize)(*argc - i) * sizeof(char *));
            (*argc)--;
            cli->json = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

int main(int argc, char **argv)
{
    struct cli cli = {0};

    setlocale(LC_ALL, "");
    int first = parse_globals(&cli, argc, argv);
    if (first >= argc) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    argc -= first;
    argv += first;
    if (strcmp(argv[0], "help") == 0 || strcmp(argv[0], "--help") == 0 ||
        strcmp(argv[0], "-h") == 0) {
        return help(argc, argv);
    }
    if (strcmp(argv[0], "version") == 0 || strcmp(argv[0], "--version") == 0) {
        puts("booth " BOOTH_VERSION);
        return EXIT_DONE;
    }
    if (argc == 1 && (strcmp(argv[0], "--name") == 0 || strcmp(argv[0], "--control") == 0)) {
        fprintf(stderr, "booth: %s needs a value and a verb after it\n", argv[0]);
        return EXIT_USAGE;
    }
    const struct verb *verb = find_verb(argv[0]);
    if (verb == NULL) {
        fprintf(stderr, "booth: no %s '%s'; 'booth help' lists them\n",
                argv[0][0] == '-' ? "option" : "verb", argv[0]);
        return EXIT_USAGE;
    }
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        return help(2, (char *[]){argv[0], argv[0]});
    }
    take_json(&cli, &argc, argv);
    return verb->run(&cli, argc, argv);
}
