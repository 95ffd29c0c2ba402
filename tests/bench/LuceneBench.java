// Lucene beside Diwan: an index of passages with the analyzer of each language, and the best ten for questions, BM25, OR of
// all words. Used by tests/bench/search and tests/bench/scale through benchlib.py.
//   LuceneBench index FOLDER PASSAGES   PASSAGES: lines of id, language (ar or fa), text between tabs
//   LuceneBench search FOLDER QUESTIONS WARMUP SECONDS   QUESTIONS: lines of the same form. The first WARMUP of them are
//       asked before as well, unmeasured; after SECONDS no more are asked. Prints a line for each: id, wall
//       milliseconds, CPU milliseconds of the searching thread, the ids found, best first.
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

public class LuceneBench {
  private static final int LIMIT = 10;
  // A field for each language, as Lucene's users keep them: the name of the field is the language.
  private static final Analyzer ANALYZER = new PerFieldAnalyzerWrapper(
      new ArabicAnalyzer(), Map.of("ar", new ArabicAnalyzer(), "fa", new PersianAnalyzer()));

  private static void index(Path folder, Path passages) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setSimilarity(new BM25Similarity()).setRAMBufferSizeMB(256);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
         BufferedReader lines = Files.newBufferedReader(passages)) {
      for (String line; (line = lines.readLine()) != null;) {
        String[] parts = line.split("\t", 3);
        Document document = new Document();
        document.add(new StringField("id", parts[0], Field.Store.YES));
        document.add(new TextField(parts[1], parts[2], Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static String best(IndexSearcher searcher, String language, String text) throws IOException {
    Query query = new QueryBuilder(ANALYZER).createBooleanQuery(language, text, BooleanClause.Occur.SHOULD);
    if (query == null) return "";  // nothing but stop words
    StringBuilder ids = new StringBuilder();
    for (ScoreDoc hit : searcher.search(query, LIMIT).scoreDocs) {
      ids.append('\t').append(searcher.doc(hit.doc).get("id"));
    }
    return ids.toString();
  }

  private static void search(Path folder, Path questions, int warmup, double seconds) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<String> lines = Files.readAllLines(questions);
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder));
         PrintWriter out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)))) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(new BM25Similarity());
      searcher.setQueryCache(null);
      for (String line : lines.subList(0, Math.min(warmup, lines.size()))) {
        String[] parts = line.split("\t", 3);
        best(searcher, parts[1], parts[2]);
      }
      long begin = System.nanoTime();
      for (String line : lines) {
        if ((System.nanoTime() - begin) / 1e9 > seconds) break;
        String[] parts = line.split("\t", 3);
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        String found = best(searcher, parts[1], parts[2]);
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        out.println(parts[0] + '\t' + (System.nanoTime() - wall) / 1e6 + '\t' + cpu / 1e6 + found);
      }
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length == 3 && args[0].equals("index")) {
      index(Path.of(args[1]), Path.of(args[2]));
    } else if (args.length == 5 && args[0].equals("search")) {
      search(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]), Double.parseDouble(args[4]));
    } else {
      System.err.println("LuceneBench index FOLDER PASSAGES | search FOLDER QUESTIONS WARMUP SECONDS");
      System.exit(2);
    }
  }
}
