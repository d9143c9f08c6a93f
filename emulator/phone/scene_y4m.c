/* SPDX-License-Identifier: GPL-2.0-or-later */
/* YUV4MPEG2 (yuv4mpeg(5)): a line of parameters, then frames, each a line and three planes. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "phone/scene_private.h"

#define MAGIC           "YUV4MPEG2 "
#define FRAME           "FRAME\n" /* with parameters of its own it is not supported: nobody writes them */
#define LINE_MAX_BYTES  256
#define SIZE_MAX_PIXELS 4096u
#define RATE_MAX        1000000u
#define NS              1000000000ll

struct video {
    struct scene scene;
    int file;
    struct yuy2_planes planes;
    unsigned rate, per; /* frames in so many seconds */
    int64_t first;      /* where the first frame is, bytes */
    uint64_t frame_bytes, frames;
    int64_t shown; /* number of the frame that was read last */
    uint8_t *data; /* of one frame, with its line */
};

static gboolean wrong(const char *file, const char *what, GError **error)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", file, what);
    return FALSE;
}

static gboolean read_all(int file, void *to, size_t size, int64_t at)
{
    ssize_t n;

    for (size_t done = 0; done < size; done += (size_t)n) {
        n = pread(file, (uint8_t *)to + done, size - done, at + (int64_t)done);
        if (n < 0 && errno == EINTR) {
            n = 0;
        } else if (n <= 0) {
            return FALSE;
        }
    }
    return TRUE;
}

static void show(struct scene *scene, int64_t when)
{
    struct video *video = (struct video *)scene;
    const __int128 count = (__int128)when * video->rate / ((__int128)NS * video->per);
    const int64_t n = (int64_t)(count % video->frames);

    if ((n != video->shown || scene->fresh) &&
        read_all(video->file, video->data, video->frame_bytes,
                 video->first + n * (int64_t)video->frame_bytes) &&
        !memcmp(video->data, FRAME, strlen(FRAME))) {
        video->shown = n;
        yuy2_of_planes(scene->frame, scene->size, &video->planes);
    }
}

static void free_video(struct scene *scene)
{
    struct video *video = (struct video *)scene;

    close(video->file);
    g_free(video->data);
}

static const struct scene_ops video_ops = {show, NULL, free_video};

/* ---- The first line ----------------------------------------------------------------------------
 */

static gboolean number(const char *text, guint64 most, unsigned *value)
{
    guint64 n;

    if (!g_ascii_string_to_unsigned(text, 10, 1, most, &n, NULL)) {
        return FALSE;
    }
    *value = (unsigned)n;
    return TRUE;
}

static gboolean rate_of(struct video *video, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ":", 3);

    return g_strv_length(parts) == 2 && number(parts[0], RATE_MAX, &video->rate) &&
           number(parts[1], RATE_MAX, &video->per);
}

/* Colours as C of the first line has them; with more than 8 bits there is a `p`. */
static gboolean colours_of(struct video *video, const char *text)
{
    static const char *const half[] = {"420", "420jpeg", "420mpeg2", "420paldv"};

    for (unsigned i = 0; i < G_N_ELEMENTS(half); i++) {
        if (!strcmp(text, half[i])) {
            return TRUE;
        }
    }
    video->planes.y_shift = 0;
    video->planes.x_shift = !strcmp(text, "422");
    return !strcmp(text, "422") || !strcmp(text, "444");
}

static gboolean parameter(struct video *video, const char *word)
{
    switch (word[0]) {
    case 'W':
        return number(word + 1, SIZE_MAX_PIXELS, &video->planes.width);
    case 'H':
        return number(word + 1, SIZE_MAX_PIXELS, &video->planes.height);
    case 'F':
        return rate_of(video, word + 1);
    case 'C':
        return colours_of(video, word + 1);
    default: /* interlacing, aspect, comments */
        return TRUE;
    }
}

static gboolean parameters(struct video *video, const char *file, char *line, GError **error)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    for (unsigned i = 1; words[i]; i++) {
        if (!parameter(video, words[i])) {
            g_set_error(
                error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                "%s: '%s' is not supported; up to 4096 x 4096 pixels, 8 bits, C420, C422 or C444",
                file, words[i]);
            return FALSE;
        }
    }
    return video->planes.width && video->planes.height
               ? TRUE
               : wrong(file, "a video without a size", error);
}

static void place_planes(struct video *video, size_t line)
{
    struct yuy2_planes *p = &video->planes;
    const size_t luma = (size_t)p->width * p->height;
    const size_t chroma =
        (size_t)((p->width + p->x_shift) >> p->x_shift) * ((p->height + p->y_shift) >> p->y_shift);

    video->frame_bytes = strlen(FRAME) + luma + 2 * chroma;
    video->data = g_malloc(video->frame_bytes);
    video->first = (int64_t)line;
    p->y = video->data + strlen(FRAME);
    p->u = p->y + luma;
    p->v = p->u + chroma;
}

static gboolean load(struct video *video, const char *file, char *line, GError **error)
{
    char *end = strchr(line, '\n');
    struct stat status;

    if (!end) {
        return wrong(file, "its first line is too long", error);
    }
    *end = '\0';
    if (!parameters(video, file, line, error)) {
        return FALSE;
    }
    place_planes(video, (size_t)(end + 1 - line));
    if (fstat(video->file, &status) || status.st_size < video->first) {
        return wrong(file, "it cannot be read", error);
    }
    video->frames = (uint64_t)(status.st_size - video->first) / video->frame_bytes;
    return video->frames ? TRUE : wrong(file, "a video without a whole frame", error);
}

struct scene *scene_open_y4m(const char *file, GError **error)
{
    char line[LINE_MAX_BYTES + 1] = "";
    struct video *video = NULL;
    const int fd = open(file, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && pread(fd, line, LINE_MAX_BYTES, 0) > 0 && g_str_has_prefix(line, MAGIC)) {
        video = g_new0(struct video, 1);
        *video = (struct video){.scene.ops = &video_ops,
                                .file = fd,
                                .rate = 25,
                                .per = 1,
                                .shown = -1,
                                .planes = {.x_shift = 1, .y_shift = 1}};
        if (load(video, file, line, error)) {
            return &video->scene;
        }
        g_free(video->data);
        g_free(video);
    }
    if (fd >= 0) {
        close(fd);
    }
    return NULL;
}
