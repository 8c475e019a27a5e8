package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropInspectorTest {

    @TempDir
    Path folder;

    @Test
    void read_error_names_its_file() throws Exception {
        Path file = Files.createDirectory(folder.resolve("odd.csv"));
        assertThatThrownBy(() -> new DropInspector(ReadLimits.DEFAULT).identify(file, "odd.csv"))
                .isInstanceOf(DropHeld.class)
                .hasMessageContaining("The file cannot be read: " + file + ": ");
    }

    @Test
    void file_is_identified_by_its_bytes() throws Exception {
        Dropped dropped = Dropped.text(folder, "products.CSV", "name␊Chair␊");

        Drop drop = dropped.drop();

        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest("name\nChair\n".getBytes(StandardCharsets.US_ASCII)));
        CRC32C crc = new CRC32C();
        crc.update("name\nChair\n".getBytes(StandardCharsets.US_ASCII));
        long checksum = crc.getValue();
        Instant modified = Files.getLastModifiedTime(dropped.file()).toInstant();
        assertThat(drop)
                .isEqualTo(
                        new Drop(dropped.file(), "products.CSV", digest, checksum, 11, modified, DropFormat.CSV_COMMA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a.csv     ! id,name␊                            ! CSV_COMMA",
                "a.csv     ! id;name␊                            ! CSV_SEMICOLON",
                "a.csv     ! id⇥name␊                            ! CSV_TAB",
                "a.csv     ! name                                 ! CSV_COMMA",
                "a.csv     ! \"name\";\"cf:1,2;3\"␊               ! CSV_SEMICOLON",
                "a.csv     ! \"id\",\"a;b;c;d\",\"name\"␍␊        ! CSV_COMMA",
                "a.csv     ! ACTION ; Request_ID ; Size, cm␍␊     ! CSV_SEMICOLON",
                "a.csv     ! name;a,b,c,d,e␊                      ! CSV_SEMICOLON",
                "a.csv     ! x,CF:12:enum;y␊                      ! CSV_COMMA",
                "a.csv     ! ␊  ␍␊;;;␊␊id;name␊                   ! CSV_SEMICOLON",
                "a.csv     ! ,name,␊                              ! CSV_COMMA",
                "a.tsv     ! ⇥name⇥a,b,id␊                        ! CSV_TAB",
                "a.tsv     ! name␊                                ! CSV_TAB",
                "a.json    ! [                                    ! JSON_ARRAY",
                "a.json    ! ␊ [{\"name\":1}]                     ! JSON_ARRAY",
                "a.json    ! {\"name\":1}                         ! JSON_LINES",
                "a.json    ! {\"name\":1}␊{\"name\":2}            ! JSON_LINES",
                "a.json    ! {␊ \"delete\" : ␊[1]}                ! API_DOCUMENT",
                "a.json    ! {\"add\":5}                          ! JSON_LINES",
                "a.ndjson  ! hello␊{\"name\":1}                   ! JSON_LINES",
                "a.JsonL   ! {␊\"name\":1}                        ! JSON_LINES",
            })
    void format_is_detected_by_the_content(String name, String text, DropFormat expected) {
        assertThat(Dropped.text(folder, name, text).format()).isEqualTo(expected);
        assertThat(Dropped.text(folder, name, "\uFEFF" + text).format()).isEqualTo(expected);
        byte[] packed = Dropped.gzip(Dropped.visible(text).getBytes(StandardCharsets.UTF_8));
        assertThat(Dropped.bytes(folder, name + ".GZ", packed).format()).isEqualTo(expected);
    }

    @Test
    void columns_of_a_mapping_count_as_a_header() {
        Dropped dropped = Dropped.text(folder, "a.csv", "SKU;Title, short␊1;x␊");

        Drop drop = new DropInspector(ReadLimits.DEFAULT, List.of("SKU")).identify(dropped.file(), "a.csv");

        assertThat(drop.format()).isEqualTo(DropFormat.CSV_SEMICOLON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a.txt  ! name␊           ! UNKNOWN_TYPE   ! .ndjson",
                "csv    ! name␊           ! UNKNOWN_TYPE   ! .csv",
                "a.gz   ! name␊           ! UNKNOWN_TYPE   ! .csv",
                "a.csv  ! 1,Chair,9␊      ! NO_HEADER      ! 1 | Chair | 9",
                "a.csv  ! SKU;Title␊1;x␊  ! NO_HEADER      ! SKU | Title",
                "a.csv  ! id,\"name␊1,x␊  ! QUOTE          ! line 1",
                "a.csv  ! id,name,Name ␊  ! DOUBLE_HEADER  ! 'Name'",
                "a.csv  ! id,cf:1,CF:1␊   ! DOUBLE_HEADER  ! 'CF:1'",
                "a.csv  ! ␊ ␍␊⇥␊          ! EMPTY_DROP     ! empty",
                "a.json ! ␊ ␍␊⇥␊          ! EMPTY_DROP     ! empty",
                "a.json ! \uFEFF          ! EMPTY_DROP     ! empty",
                "a.json ! {␊\"x\":1}      ! MALFORMED_JSON ! Put the rows into [ ]",
                "a.json ! hello           ! MALFORMED_JSON ! starts with 'h'",
                "a.csv  ! <HTML>␊<html lang=\"en\"><p>Log in</p></html>␊ ! UNKNOWN_TYPE ! it is a web page (HTML)",
                "a.csv  ! ␊<table border='1'><tr><td>name</td></tr></table>␊    ! UNKNOWN_TYPE ! .xlsx or as CSV",
                "a.tsv  ! \uFEFF<?xml version=\"1.0\"?>␊<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">␊ ! UNKNOWN_TYPE ! XML Spreadsheet",
                "a.csv  ! <?xml version=\"1.0\"?>␊<yml_catalog date=\"2024\">␊ ! UNKNOWN_TYPE ! it is XML",
                "a.csv  ! [{\"name\": \"Chair\", \"id\": 1}]␊             ! UNKNOWN_TYPE ! it is JSON. Name it .json",
                "a.csv  ! {␊  \"add\": [␊    {\"name\": \"Chair\"}]}␊      ! UNKNOWN_TYPE ! it is JSON",
                "a.json ! <html><body>502 Bad Gateway</body></html>␊       ! UNKNOWN_TYPE ! it is a web page (HTML)",
                "a.ndjson ! <html><body>502 Bad Gateway</body></html>␊     ! UNKNOWN_TYPE ! it is a web page (HTML)",
                "a.csv  ! <SKU>;<Title>␊1;x␊ ! NO_HEADER ! <SKU> | <Title>",
            })
    void unreadable_file_is_refused(String name, String text, Code code, String told) {
        Dropped dropped = Dropped.text(folder, name, text);

        Problem refusal = Dropped.refusal(dropped::drop);

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).contains(told);
    }

    @Test
    void given_a_web_page_with_a_document_type_when_refused_then_the_message_says_so() {
        Dropped page = Dropped.text(folder, "a.csv", "␊ <!DOCTYPE html>␊<p>Log in</p>␊");

        assertThat(page.refusal().message()).contains("it is a web page (HTML)");
    }

    @Test
    void empty_file_is_refused() {
        for (String name : List.of("a.csv", "a.tsv", "a.json", "a.jsonl")) {
            assertThat(Dropped.text(folder, name, "").refusal().code()).isEqualTo(Code.EMPTY_DROP);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "504b030414000600,  .xlsx",
        "d0cf11e0a1b11ae1,  .xls",
        "89504e470d0a1a0a,  PNG",
        "1f8b080000000000,  gzip",
        "0000feff0000006e,  UTF-32",
    })
    void message_names_the_type_of_a_binary_file(String hex, String told) {
        for (String name : List.of("a.csv", "a.json", "a.jsonl")) {
            Problem refusal =
                    Dropped.bytes(folder, name, HexFormat.of().parseHex(hex)).refusal();

            assertThat(refusal.code()).isEqualTo(Code.BINARY);
            assertThat(refusal.message()).contains(told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.json", "a.csv.gz"})
    void missing_file_is_refused(String name) {
        Path gone = folder.resolve(name);

        Problem refusal = Dropped.refusal(() -> new DropInspector(ReadLimits.DEFAULT).identify(gone, name));

        assertThat(refusal.code()).isEqualTo(Code.CHANGED);
    }
}
