using System.Globalization;

namespace DeepLearning;

/// <summary>The header of an array: a Python dictionary of <c>descr</c>, the element type, <c>fortran_order</c> and <c>shape</c>.</summary>
internal sealed record NpyHeader(string Type, bool FortranOrder, IReadOnlyList<long> Shape)
{
    /// <summary>Reads the text of a header.</summary>
    /// <exception cref="FormatException">It is not such a dictionary.</exception>
    public static NpyHeader Parse(string text)
    {
        var literal = new PythonLiteral(text);
        string? type = null;
        bool? fortranOrder = null;
        List<long>? shape = null;
        literal.Expect('{');
        while (!literal.Take('}'))
        {
            string key = literal.Text();
            literal.Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = literal.IsAt('[') ? throw new NotNumericException("it is a structured array; expected plain numbers") : literal.Text();
                    break;
                case "fortran_order" when fortranOrder is null:
                    fortranOrder = literal.Boolean();
                    break;
                case "shape" when shape is null:
                    shape = literal.Tuple();
                    break;
                default:
                    throw new FormatException($"{key} is unknown or appears twice in its header");
            }

            if (!literal.Take(',') && !literal.IsAt('}')) throw new FormatException("a comma is missing in its header");
        }

        literal.End();
        if (type is null || fortranOrder is null || shape is null) throw new FormatException("its header needs descr, fortran_order and shape");
        return new NpyHeader(type, fortranOrder.Value, shape);
    }

    /// <summary>The text of a header of float32 in C order.</summary>
    public static string Of(Shape shape)
        => $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{(shape.Rank == 1 ? "," : "")}), }}";

    /// <summary>The subset of Python's literals that a header can have.</summary>
    private sealed class PythonLiteral(string text)
    {
        private int at;

        public bool IsAt(char c)
        {
            while (at < text.Length && text[at] is ' ' or '\n' or '\t') at++;
            return at < text.Length && text[at] == c;
        }

        public bool Take(char c)
        {
            bool here = IsAt(c);
            if (here) at++;
            return here;
        }

        public void Expect(char c)
        {
            if (Take(c)) return;
            throw new FormatException($"expected {c} at character {at} of its header, got {(at < text.Length ? text[at].ToString() : "its end")}");
        }

        public string Text()
        {
            char quote = IsAt('"') ? '"' : '\'';
            Expect(quote);
            int end = text.IndexOf(quote, at);
            if (end < 0) throw new FormatException("a text in its header has no end");
            string value = text[at..end];
            at = end + 1;
            return value;
        }

        public bool Boolean() => Word("True") || (Word("False") ? false : throw new FormatException($"expected True or False at character {at} of its header"));

        public List<long> Tuple()
        {
            var numbers = new List<long>();
            Expect('(');
            while (!Take(')'))
            {
                IsAt(default);
                int start = at;
                while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
                if (!long.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                    throw new FormatException($"expected a dimension at character {start} of its header");
                numbers.Add(number);
                // Python 2 wrote long integers like this.
                Take('L');
                if (!Take(',') && !IsAt(')')) throw new FormatException("a comma is missing in its shape");
            }

            return numbers;
        }

        public void End()
        {
            IsAt('\n');
            if (at < text.Length) throw new FormatException($"its header continues after its end at character {at}");
        }

        private bool Word(string word)
        {
            IsAt(word[0]);
            bool here = text.AsSpan(at).StartsWith(word, StringComparison.Ordinal);
            if (here) at += word.Length;
            return here;
        }
    }
}
