/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * mkfont FILE.ttf > font.c: the glyphs of the switchboard's bar, 8-bit coverage, as C tables. The
 * build uses DejaVu Sans Bold (free: Bitstream Vera licence and public domain changes, glyphs may
 * be embedded), because Debian has it everywhere and it covers Latin names with their accents.
 */
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>

#include "phonebooth/bar.h"

#define PIXELS 24 /* line height of the em */
#define FIRST  PB_BAR_FIRST
#define LAST   PB_BAR_LAST

static void put_bitmap(const SDL_Surface *glyph, long *offset)
{
    for (int y = 0; y < glyph->h; y++) {
        const Uint32 *row = (const Uint32 *)((const Uint8 *)glyph->pixels + y * glyph->pitch);

        for (int x = 0; x < glyph->w; x++) {
            printf("%u,", row[x] >> 24);
        }
        printf("\n");
    }
    *offset += (long)glyph->w * glyph->h;
}

int main(int argc, char **argv)
{
    const SDL_Color white = {255, 255, 255, 255};
    long offset[LAST - FIRST + 2] = {0};
    int width[LAST - FIRST + 1] = {0};
    TTF_Font *font = argc == 2 && !TTF_Init() ? TTF_OpenFont(argv[1], PIXELS) : NULL;

    if (!font) {
        fprintf(stderr, "mkfont: cannot open %s: %s\n", argc == 2 ? argv[1] : "FILE.ttf",
                SDL_GetError());
        return EXIT_FAILURE;
    }
    printf("/* %s %s, made by mkfont */\n#include \"font.h\"\n", TTF_FontFaceFamilyName(font),
           TTF_FontFaceStyleName(font));
    printf("static const uint8_t coverage[] = {\n");
    for (int c = FIRST; c <= LAST; c++) {
        SDL_Surface *glyph = TTF_GlyphIsProvided(font, (Uint16)c)
                                 ? TTF_RenderGlyph_Blended(font, (Uint16)c, white)
                                 : NULL;
        const int i = c - FIRST;

        offset[i + 1] = offset[i];
        if (!glyph) {
            continue;
        }
        width[i] = glyph->w;
        put_bitmap(glyph, &offset[i + 1]);
        SDL_FreeSurface(glyph);
    }
    printf("};\nstatic const struct glyph glyphs[] = {\n");
    for (int i = 0; i <= LAST - FIRST; i++) {
        printf("{%d, %ld},\n", width[i], offset[i]);
    }
    printf("};\nconst struct font bar_font = {%d, %d, %d, glyphs, coverage};\n", FIRST, LAST,
           TTF_FontHeight(font));
    return ferror(stdout) || fclose(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
