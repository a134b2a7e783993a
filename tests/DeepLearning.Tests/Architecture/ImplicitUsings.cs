using Microsoft.CodeAnalysis;

namespace DeepLearning.Tests.Architecture;

/// <summary>What the SDK puts before every file where ImplicitUsings is enabled.</summary>
internal static class ImplicitUsings
{
    public static SyntaxTree Tree { get; } = SourceTree.Parse(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """,
        "obj/GlobalUsings.g.cs");
}
