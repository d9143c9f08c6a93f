/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A program for guests: plays and records through the first sound card by the kernel's interface
 * alone (Linux, include/uapi/sound/asound.h), 48 kHz, 16 bits, stereo.
 *
 *   tone play HZ SECONDS [AMPLITUDE]   prints: underruns N
 *   tone record SECONDS HZ             prints: overruns N frames N level L hz F near A
 *   tone both HZ SECONDS               plays and records at the same time, and prints both
 *   tone jack                          prints: headphones B speaker B, 1: plugged in
 *   tone route NAME                    chooses where the card is heard, and prints: route NAME
 *
 * AMPLITUDE and level are peaks of a sine, 0 to 32767; F is counted from zero crossings, A is the
 * amplitude at HZ. Exit status 1: an error, one line on stderr.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sound/asound.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define RATE     48000
#define CHANNELS 2
#define CHUNK    4800
#define PI       3.14159265358979323846

static void die(const char *what)
{
    fprintf(stderr, "tone: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void only(struct snd_pcm_hw_params *params, int which, unsigned value)
{
    struct snd_interval *interval = &params->intervals[which - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL];

    interval->min = interval->max = value;
    interval->integer = 1;
}

static void choose(struct snd_pcm_hw_params *params, int which, unsigned value)
{
    struct snd_mask *mask = &params->masks[which - SNDRV_PCM_HW_PARAM_FIRST_MASK];

    memset(mask, 0, sizeof(*mask));
    mask->bits[value / 32] = 1u << value % 32;
}

static int open_stream(const char *path, int how)
{
    struct snd_pcm_hw_params params = {.rmask = UINT32_MAX, .info = UINT32_MAX};
    int stream = open(path, how);

    if (stream < 0) {
        die(path);
    }
    memset(params.masks, 0xff, sizeof(params.masks));
    for (size_t i = 0; i < sizeof(params.intervals) / sizeof(params.intervals[0]); i++) {
        params.intervals[i].max = UINT32_MAX;
    }
    choose(&params, SNDRV_PCM_HW_PARAM_ACCESS, SNDRV_PCM_ACCESS_RW_INTERLEAVED);
    choose(&params, SNDRV_PCM_HW_PARAM_FORMAT, SNDRV_PCM_FORMAT_S16_LE);
    only(&params, SNDRV_PCM_HW_PARAM_CHANNELS, CHANNELS);
    only(&params, SNDRV_PCM_HW_PARAM_RATE, RATE);
    if (ioctl(stream, SNDRV_PCM_IOCTL_HW_PARAMS, &params) ||
        ioctl(stream, SNDRV_PCM_IOCTL_PREPARE)) {
        die("48 kHz, 16 bits, stereo");
    }
    return stream;
}

/* We were too slow, or the kernel has not heard of a period for longer than its buffer lasts. Then
 * the stream begins anew. */
static int is_gap(int stream)
{
    return (errno == EPIPE || errno == EIO) && !ioctl(stream, SNDRV_PCM_IOCTL_DROP) &&
           !ioctl(stream, SNDRV_PCM_IOCTL_PREPARE);
}

static void play(double hz, double seconds, double amplitude)
{
    const int stream = open_stream("/dev/snd/pcmC0D0p", O_WRONLY);
    const long frames = (long)(seconds * RATE);
    int16_t samples[CHUNK * CHANNELS];
    unsigned underruns = 0;

    for (long done = 0; done < frames;) {
        const long count = frames - done < CHUNK ? frames - done : CHUNK;
        struct snd_xferi transfer = {.buf = samples, .frames = (unsigned long)count};

        for (long i = 0; i < count; i++) {
            samples[2 * i] = samples[2 * i + 1] =
                (int16_t)lrint(amplitude * sin(2 * PI * hz * (double)(done + i) / RATE));
        }
        if (!ioctl(stream, SNDRV_PCM_IOCTL_WRITEI_FRAMES, &transfer)) {
            done += transfer.result;
        } else if (is_gap(stream)) {
            underruns++;
        } else {
            die("playing");
        }
    }
    if (ioctl(stream, SNDRV_PCM_IOCTL_DRAIN)) {
        die("the end");
    }
    printf("underruns %u\n", underruns);
}

/* The amplitude of one frequency (Goertzel). */
static double near_hz(const int16_t *samples, long frames, double hz)
{
    const double step = 2 * cos(2 * PI * hz / RATE);
    double before = 0, last = 0;

    for (long i = 0; i < frames; i++) {
        const double next = samples[2 * i] + step * last - before;

        before = last;
        last = next;
    }
    return 2 * sqrt(last * last + before * before - step * last * before) / (double)frames;
}

/* Of what is louder than a tenth of the loudest: the silence before and behind does not count. */
static void measure(const int16_t *samples, long frames, double hz)
{
    long first = 0, end = frames, crossings = 0;
    double sum = 0;
    int peak = 0;

    for (long i = 0; i < frames; i++) {
        peak = abs(samples[2 * i]) > peak ? abs(samples[2 * i]) : peak;
    }
    while (first < end && abs(samples[2 * first]) <= peak / 10) {
        first++;
    }
    while (end > first && abs(samples[2 * (end - 1)]) <= peak / 10) {
        end--;
    }
    for (long i = first + 1; i < end; i++) {
        crossings += samples[2 * i] >= 0 && samples[2 * i - 2] < 0;
        sum += (double)samples[2 * i] * samples[2 * i];
    }
    printf("frames %ld level %.0f hz %.1f near %.0f\n", frames,
           end > first ? sqrt(2 * sum / (double)(end - first)) : 0,
           end > first ? (double)crossings * RATE / (double)(end - first) : 0,
           end > first ? near_hz(samples + 2 * first, end - first, hz) : 0);
}

static void record(double seconds, double hz)
{
    const int stream = open_stream("/dev/snd/pcmC0D0c", O_RDONLY);
    const long frames = (long)(seconds * RATE);
    int16_t *samples = calloc((size_t)frames, CHANNELS * sizeof(*samples));
    unsigned overruns = 0;

    for (long done = 0; done < frames;) {
        const long left = frames - done;
        struct snd_xferi transfer = {.buf = samples + CHANNELS * done,
                                     .frames = (unsigned long)(left < CHUNK ? left : CHUNK)};

        if (!ioctl(stream, SNDRV_PCM_IOCTL_READI_FRAMES, &transfer)) {
            done += transfer.result;
        } else if (is_gap(stream)) {
            overruns++;
        } else {
            die("recording");
        }
    }
    printf("overruns %u ", overruns);
    measure(samples, frames, hz);
}

/* What the card's control of that name is. */
static struct snd_ctl_elem_value read_control(int control, int iface, const char *name)
{
    struct snd_ctl_elem_value value = {.id.iface = iface};

    strcpy((char *)value.id.name, name);
    if (ioctl(control, SNDRV_CTL_IOCTL_ELEM_READ, &value)) {
        die(name);
    }
    return value;
}

static int open_control(void)
{
    const int control = open("/dev/snd/controlC0", O_RDWR);

    if (control < 0) {
        die("/dev/snd/controlC0");
    }
    return control;
}

static void print_jacks(void)
{
    const int control = open_control(), iface = SNDRV_CTL_ELEM_IFACE_CARD;

    printf("headphones %ld speaker %ld\n",
           read_control(control, iface, "Headphone Jack").value.integer.value[0],
           read_control(control, iface, "Speaker Jack").value.integer.value[0]);
    close(control);
}

static void choose_route(const char *name)
{
    const int control = open_control();
    struct snd_ctl_elem_value value =
        read_control(control, SNDRV_CTL_ELEM_IFACE_MIXER, "Output Select");
    struct snd_ctl_elem_info info = {.id = value.id};
    unsigned item = 0;

    do {
        info.value.enumerated.item = item++;
        if (ioctl(control, SNDRV_CTL_IOCTL_ELEM_INFO, &info)) {
            die("Output Select");
        }
    } while (strcmp(info.value.enumerated.name, name) && item < info.value.enumerated.items);
    value.value.enumerated.item[0] = item - 1;
    if (strcmp(info.value.enumerated.name, name) ||
        ioctl(control, SNDRV_CTL_IOCTL_ELEM_WRITE, &value)) {
        die(name);
    }
    value = read_control(control, SNDRV_CTL_ELEM_IFACE_MIXER, "Output Select");
    printf("route %s\n", value.value.enumerated.item[0] == item - 1 ? name : "is another");
    close(control);
}

int main(int argc, char **argv)
{
    if (argc >= 4 && !strcmp(argv[1], "play")) {
        play(atof(argv[2]), atof(argv[3]), argc > 4 ? atof(argv[4]) : 8000);
    } else if (argc == 4 && !strcmp(argv[1], "record")) {
        record(atof(argv[2]), atof(argv[3]));
    } else if (argc == 2 && !strcmp(argv[1], "jack")) {
        print_jacks();
    } else if (argc == 3 && !strcmp(argv[1], "route")) {
        choose_route(argv[2]);
    } else if (argc == 4 && !strcmp(argv[1], "both")) {
        const pid_t other = fork();
        int status = 1;

        if (!other) {
            play(atof(argv[2]), atof(argv[3]), 8000);
            return 0;
        }
        record(atof(argv[3]), atof(argv[2]));
        waitpid(other, &status, 0);
        return status != 0;
    } else {
        fprintf(stderr, "usage: tone play HZ SECONDS [AMPLITUDE] | record SECONDS HZ | both HZ "
                        "SECONDS | jack | route NAME\n");
        return 2;
    }
    return 0;
}
